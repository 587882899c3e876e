// The thread in which one packaged destination runs: loads it, and nothing else of the package; carries out sends.
//
// The package's code is others' and has the run of this thread, so it gets nothing it does not need: no environment, no
// sockets (HTTP is asked for, see host-fetch.ts), no console. A thread that hangs or grows too large is ended from
// outside without harm to anyone else.
import net from 'node:net';
import { workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { connect, expose } from '../../src/lib/rpc.ts';
import { installHostFetch } from './host-fetch.ts';
import { openPackage } from './open-package.ts';
import type { PackHttp, PackThreadData } from './pack-protocol.ts';
import { PackagedDestination } from './packaged-destination.ts';

const { folder, directory, port } = workerData as PackThreadData & { readonly port: MessagePort };

net.Socket.prototype.connect = () => {
  throw new Error('A packaged destination sends through Leat only.');
};
// What it prints may hold people's data.
process.stdout.write = () => true;
process.stderr.write = () => true;
const pack = openPackage(folder);
const host = connect(port).remote<PackHttp>('http');
installHostFetch(pack, host);
expose(port, { destination: new PackagedDestination(pack.load(directory), host) });
