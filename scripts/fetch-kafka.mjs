// Fetches a Kafka broker's jars from Maven Central into .cache/kafka, for the tests that need a real one.
// Wants Maven and a Java of 17 or newer. 43 MB; done once.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const version = '4.1.0';
const cache = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), '.cache');
const target = path.join(cache, 'kafka');
if (existsSync(path.join(target, `kafka-server-${version}.jar`))) process.exit(0);

const project = `<project><modelVersion>4.0.0</modelVersion><groupId>leat</groupId><artifactId>kafka</artifactId>
<version>1</version><dependencies><dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId>
<version>${version}</version></dependency></dependencies></project>`;

rmSync(target, { recursive: true, force: true });
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(`${target}-`);
writeFileSync(path.join(folder, 'pom.xml'), project);
const jars = path.join(folder, 'jars');
const { status } = spawnSync('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${jars}`], {
  cwd: folder,
  stdio: 'inherit',
});
// Moved into place whole, so that a fetch that was cut short leaves nothing that looks like a broker.
if (status === 0) renameSync(jars, target);
rmSync(folder, { recursive: true });
process.exit(status ?? 1);
