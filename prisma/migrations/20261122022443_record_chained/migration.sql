-- AlterTable
ALTER TABLE "audit_log" ADD COLUMN     "hash" TEXT,
ADD COLUMN     "personal" JSONB,
ADD COLUMN     "personal_hash" TEXT,
ADD COLUMN     "salt" TEXT,
ADD COLUMN     "seq" BIGINT;

-- CreateIndex
CREATE UNIQUE INDEX "audit_log_seq_key" ON "audit_log"("seq");

-- Names and addresses of persons go apart from what was done.
UPDATE "audit_log" SET
  "personal" = (SELECT jsonb_object_agg(key, value) FROM jsonb_each("details")
    WHERE key IN ('name', 'address', 'addresses', 'label')),
  "details" = "details" - ARRAY['name', 'address', 'addresses', 'label'];

-- The same texts are made in bot/store/chain.ts, to check the chain without the database.
CREATE FUNCTION "audit_personal_hash"(salt text, address text, personal jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(salt || E'\n' || jsonb_build_array(address, personal)::text, 'UTF8')), 'hex')
$$;
CREATE FUNCTION "audit_hash"(before text, seq bigint, at timestamptz, person text, action text, subject text, details jsonb, personal_hash text)
RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(COALESCE(before, '') || E'\n' || jsonb_build_array(
    seq, (extract(epoch FROM at) * 1000)::bigint, person, action, subject, details, personal_hash)::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION "audit_link"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_seq bigint; last_hash text;
BEGIN
  -- One transaction after the other: the chain has no forks.
  PERFORM pg_advisory_xact_lock(79906401);
  SELECT l.seq, l.hash INTO last_seq, last_hash FROM "audit_log" l WHERE l.seq IS NOT NULL ORDER BY l.seq DESC LIMIT 1;
  NEW.seq := COALESCE(last_seq, 0) + 1;
  NEW.salt := NULL;
  NEW.personal_hash := NULL;
  IF NEW.address IS NOT NULL OR NEW.personal IS NOT NULL THEN
    NEW.salt := gen_random_uuid()::text;
    NEW.personal_hash := "audit_personal_hash"(NEW.salt, NEW.address, NEW.personal);
  END IF;
  NEW.hash := "audit_hash"(last_hash, NEW.seq, NEW.at, NEW.person, NEW.action, NEW.subject, NEW.details, NEW.personal_hash);
  RETURN NEW;
END $$;

-- What is there already is chained in its order.
CREATE TEMPORARY TABLE "audit_before" AS SELECT * FROM "audit_log";
DELETE FROM "audit_log";
CREATE TRIGGER "audit_link" BEFORE INSERT ON "audit_log" FOR EACH ROW EXECUTE FUNCTION "audit_link"();
INSERT INTO "audit_log" ("id", "at", "person", "address", "action", "subject", "details", "personal")
  SELECT "id", "at", "person", "address", "action", "subject", "details", "personal" FROM "audit_before" ORDER BY "id";
DROP TABLE "audit_before";

CREATE FUNCTION "audit_guard"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.address IS NULL AND NEW.personal IS NULL AND NEW.salt IS NULL
      AND (NEW.id, NEW.seq, NEW.at, NEW.person, NEW.action, NEW.subject, NEW.details, NEW.personal_hash, NEW.hash)
        IS NOT DISTINCT FROM
        (OLD.id, OLD.seq, OLD.at, OLD.person, OLD.action, OLD.subject, OLD.details, OLD.personal_hash, OLD.hash)
    THEN RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'audit_log is append-only: % refused', TG_OP;
END $$;
CREATE TRIGGER "audit_guard" BEFORE UPDATE OR DELETE ON "audit_log" FOR EACH ROW EXECUTE FUNCTION "audit_guard"();
CREATE TRIGGER "audit_guard_all" BEFORE TRUNCATE ON "audit_log" FOR EACH STATEMENT EXECUTE FUNCTION "audit_guard"();
