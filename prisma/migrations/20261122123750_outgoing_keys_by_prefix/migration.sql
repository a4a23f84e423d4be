-- DropIndex
DROP INDEX "outgoing_key_prefix_idx";

-- Compared letter by letter its unique index also answers which keys begin with something (PostgreSQL 15 or later).
ALTER TABLE "outgoing" ALTER COLUMN "key" TYPE TEXT COLLATE "C";
