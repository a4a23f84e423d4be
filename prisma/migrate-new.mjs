/**
 * `npm run migrate:new -- <name>` writes the SQL that leads from the migrations to schema.prisma;
 * `node prisma/migrate-new.mjs --check` fails when they disagree. Offline: Prisma's schema engine as WebAssembly, with
 * a PostgreSQL in memory as its shadow database.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { PrismaPGlite } from 'pglite-prisma-adapter';

const folder = import.meta.dirname;
const schemaFile = path.join(folder, 'schema.prisma');
const migrationsFolder = path.join(folder, 'migrations');
const lock = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' };

async function startEngine(schema) {
  const home = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const module = new WebAssembly.Module(readFileSync(path.join(home, 'schema_engine_bg.wasm')));
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const shadow = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(new PGlite()));
  return bindings.SchemaEngine.new({ datamodels: [[schemaFile, schema]] }, () => {}, shadow);
}

function readMigrations() {
  const sqlOf = (name) => path.join(migrationsFolder, name, 'migration.sql');
  return readdirSync(migrationsFolder)
    .filter((name) => existsSync(sqlOf(name)))
    .sort()
    .map((name) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: readFileSync(sqlOf(name), 'utf8') } },
    }));
}

/** The SQL that is missing; null when migrations and schema agree. */
async function missingSql() {
  const schema = readFileSync(schemaFile, 'utf8');
  const engine = await startEngine(schema);
  const difference = await engine.diff({
    from: {
      tag: 'migrations',
      baseDir: migrationsFolder,
      lockfile: lock,
      shadowDbInitScript: '',
      migrationDirectories: readMigrations(),
    },
    to: { tag: 'schemaDatamodel', files: [{ path: schemaFile, content: schema }] },
    script: true,
    exitCode: true,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return difference.exitCode === 2 ? difference.stdout : null;
}

function write(name, sql) {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const target = path.join(migrationsFolder, `${stamp}_${name}`);
  mkdirSync(target);
  writeFileSync(path.join(target, 'migration.sql'), sql);
  process.stdout.write(`Wrote ${path.relative(process.cwd(), target)}/migration.sql; read it before you commit it.\n`);
}

const [wanted = ''] = process.argv.slice(2);
if (wanted !== '--check' && !/^[a-z0-9_]+$/.test(wanted)) {
  process.stderr.write('Usage: npm run migrate:new -- name_in_small_letters\n');
  process.exit(2);
}
mkdirSync(migrationsFolder, { recursive: true });
writeFileSync(path.join(migrationsFolder, lock.path), lock.content);
const sql = await missingSql();
if (sql === null) process.stdout.write('Migrations and schema.prisma agree.\n');
else if (wanted === '--check') process.stderr.write(`The migrations are behind schema.prisma; missing:\n${sql}\n`);
else write(wanted, sql);
// The engine keeps its shadow database open; nothing else is left to do.
process.exit(wanted === '--check' && sql !== null ? 1 : 0);
