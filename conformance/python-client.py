# Against a server at argv[1], over a WebSocket; prints what python-client.test.ts waits for, or fails.
import queue, sys, socketio

url, room = sys.argv[1:]
KEY = 'a key that nobody guesses'


def script(name):
    chat, heard = socketio.Client(reconnection_delay=0.01, reconnection_delay_max=0.01), queue.Queue()
    chat.on('message', heard.put, namespace='/chat')
    who = {'name': name, 'room': room, 'key': KEY + name}
    chat.connect(url, auth=who, namespaces=['/chat'], transports=['websocket'])
    return chat, heard


def ask(chat, event, request):
    reply = chat.call(event, request, namespace='/chat', timeout=10)
    assert reply['ok'], reply
    return reply


one, _ = script('Python one')
two, heard = script('Python two')
ask(one, 'message', 'Grüße, 👋')
entry = heard.get(timeout=10)
assert (entry['text'], entry['by']['name']) == ('Grüße, 👋', 'Python one'), entry
print('heard', flush=True)

refused = two.call('message', b'\x01\x02', namespace='/chat', timeout=10)
assert refused['code'] == 'invalid', refused
print('refused', flush=True)

me = ask(two, 'join', {'room': room})['me']
back = queue.Queue()
two.on('connect', lambda: back.put(True), namespace='/chat')
two.eio.ws.close()
back.get(timeout=10)
assert ask(two, 'join', {'room': room})['me'] == me
print('back', flush=True)

stranger = socketio.Client(reconnection=False)
why = queue.Queue()
stranger.on('connect_error', why.put, namespace='/chat')
try:
    who = {'name': 'admin', 'room': room}
    stranger.connect(url, auth=who, namespaces=['/chat'], transports=['websocket'])
    raise AssertionError('let in')
except socketio.exceptions.ConnectionError:
    assert why.get(timeout=10)['data']['code'] == 'nameReserved'
print('told why', flush=True)

for chat in (one, two):
    chat.disconnect()
print('done', flush=True)
