// H8: on which devices a session is, one more of them, and one less.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DeviceId } from '../../protocol/ids.ts';
import { CODE_LASTS_MS, MAX_DEVICES_PER_SESSION } from '../../protocol/limits.ts';
import { hashesOf, newCode } from '../come-along-code.ts';
import { signOutDevice, signOutOthers } from '../rooms/sign-out.ts';
import type { Device } from '../store/devices.ts';
import { lead, sendPage } from './answers.ts';
import type { Form } from './form.ts';
import type { HttpParts } from './http-parts.ts';
import { renderCode } from './pages/code-page.tsx';
import { type OwnDevice, renderDevices } from './pages/devices-page.tsx';
import { sessionOf } from './session-cookie.ts';
import { themeOf } from './theme.ts';

type Posted = { Body: Form | undefined };

export function addDeviceRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { act, connections, files, guard } = parts;
  const assets = files.login;
  app.get('/devices', async (request, reply) => {
    const session = await sessionOf(parts, request);
    if (!session) return lead(reply, '/');
    const all = await act.store.devices.of(session.id);
    const devices = all.map((device) => ownDevice(device, session.device, act.clock.now()));
    const most = MAX_DEVICES_PER_SESSION;
    return sendPage(reply, 200, renderDevices({ assets, theme: themeOf(request), devices, most }));
  });
  app.post('/take-along', async (request, reply) => {
    const session = await sessionOf(parts, request);
    const code = newCode();
    const made = session && (await act.store.devices.openCode(session.device, hashesOf(code)));
    // Where there are too many, the page says so.
    if (made !== 'open') return lead(reply, '/devices');
    const link = `${guard.originOf(request.raw) ?? ''}/come-along/${code.link}`;
    const minutes = CODE_LASTS_MS / 60_000;
    return sendPage(reply, 200, renderCode({ assets, theme: themeOf(request), link, typed: code.typed, minutes }));
  });
  app.post<Posted>('/sign-out-there', async (request, reply) => {
    const session = await sessionOf(parts, request);
    const device = deviceMeant(request);
    // What this browser keeps is to be forgotten then: that is asked for by the page for it.
    if (session?.device === device) return lead(reply, '/sign-out');
    if (session && device !== undefined) await signOutDevice(act, connections, { id: session.id, device });
    return lead(reply, '/devices');
  });
  app.post('/sign-out-others', async (request, reply) => {
    const session = await sessionOf(parts, request);
    if (session) await signOutOthers(act, connections, session);
    return lead(reply, '/devices');
  });
}

function deviceMeant(request: FastifyRequest<Posted>): DeviceId | undefined {
  return request.body?.get('device') as DeviceId | undefined;
}

function ownDevice({ id, name, usedAt }: Device, own: DeviceId, now: number): OwnDevice {
  return { id, name: name === '' ? 'A browser' : name, isThis: id === own, hours: (now - usedAt) / 3_600_000 };
}
