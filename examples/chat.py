# python3 examples/chat.py http://localhost:5000 Robot lobby 'a secret of your own, 22 characters or more'
import sys, socketio  # python3-socketio and python3-websocket
url, name, room, key = sys.argv[1:]
chat = socketio.Client()
@chat.on('message', namespace='/chat')
def message(entry): print(entry['by']['name'] + ': ' + entry['text'], flush=True)
@chat.on('options', namespace='/chat')
def options(entry): print(entry['by']['name'] + ' ' + entry['type'] + 's', flush=True)
who = {'name': name, 'room': room, 'key': key}
chat.connect(url, auth=who, namespaces=['/chat'], transports=['websocket'])
for line in sys.stdin:
    reply = chat.call('message', line.rstrip('\n'), namespace='/chat')
    refusal = reply.get('message') or reply['results'][0].get('message')
    if refusal: print(refusal, flush=True)
chat.disconnect()
