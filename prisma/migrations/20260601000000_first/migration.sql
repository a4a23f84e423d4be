-- CreateEnum
CREATE TYPE "role" AS ENUM ('lead', 'implement', 'coordinate');

-- CreateEnum
CREATE TYPE "schedule_kind" AS ENUM ('continuous', 'range', 'deadline', 'periodic', 'byDirection', 'session', 'unstated');

-- CreateEnum
CREATE TYPE "duty_kind" AS ENUM ('deadline', 'occasion', 'programme', 'obstacle');

-- CreateEnum
CREATE TYPE "fact_key" AS ENUM ('theme', 'period', 'funding', 'signer', 'number', 'issuedOn', 'basis', 'recipients', 'standing', 'target', 'purpose', 'requirements');

-- CreateEnum
CREATE TYPE "person_role" AS ENUM ('officer', 'head', 'coordinator', 'administrator');

-- CreateEnum
CREATE TYPE "scope_kind" AS ENUM ('city', 'group', 'unit');

-- CreateEnum
CREATE TYPE "timeliness" AS ENUM ('onTime', 'late', 'noDueDate');

-- CreateEnum
CREATE TYPE "outgoing_state" AS ENUM ('queued', 'sent', 'failed');

-- CreateTable
CREATE TABLE "book_loads" (
    "id" SERIAL NOT NULL,
    "hash" TEXT NOT NULL,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "book_loads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "units" (
    "id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "abbr" TEXT,
    "aliases" TEXT[],
    "names_in_plans" TEXT[],
    "note" TEXT,
    "code" TEXT,
    "commune" TEXT,
    "former_area" TEXT,

    CONSTRAINT "units_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unit_origins" (
    "unit_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "district" TEXT NOT NULL,
    "extent" TEXT NOT NULL,

    CONSTRAINT "unit_origins_pkey" PRIMARY KEY ("unit_id","place")
);

-- CreateTable
CREATE TABLE "unit_groups" (
    "id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "wordings" TEXT[],
    "note" TEXT,

    CONSTRAINT "unit_groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_members" (
    "group_id" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "place_in_group" INTEGER,
    "place_in_unit" INTEGER,

    CONSTRAINT "group_members_pkey" PRIMARY KEY ("group_id","unit_id")
);

-- CreateTable
CREATE TABLE "plans" (
    "id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "short" TEXT NOT NULL,
    "symbol" TEXT,
    "issued_on" DATE,
    "issuer" TEXT NOT NULL,
    "period_from" DATE,
    "period_to" DATE,
    "theme" TEXT,

    CONSTRAINT "plans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passages" (
    "id" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "heading" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "paragraphs" TEXT[],
    "lines" TEXT[],
    "topics" TEXT[],

    CONSTRAINT "passages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assignments" (
    "passage_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "party" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "wording" TEXT NOT NULL,

    CONSTRAINT "assignments_pkey" PRIMARY KEY ("passage_id","place")
);

-- CreateTable
CREATE TABLE "schedules" (
    "passage_id" TEXT NOT NULL,
    "kind" "schedule_kind" NOT NULL,
    "wording" TEXT NOT NULL,
    "from_day" DATE,
    "to_day" DATE,
    "before_day" DATE,

    CONSTRAINT "schedules_pkey" PRIMARY KEY ("passage_id")
);

-- CreateTable
CREATE TABLE "reporting_duties" (
    "id" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "duty_kind" NOT NULL,
    "parties" TEXT[],
    "receiver" TEXT,
    "through" TEXT,
    "wording" TEXT NOT NULL,
    "period_from" DATE,
    "period_to" DATE,
    "before_day" DATE,

    CONSTRAINT "reporting_duties_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_facts" (
    "plan_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "key" "fact_key" NOT NULL,
    "text" TEXT NOT NULL,
    "sources" TEXT[],

    CONSTRAINT "plan_facts_pkey" PRIMARY KEY ("plan_id","place")
);

-- CreateTable
CREATE TABLE "topics" (
    "id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "synonyms" TEXT[],

    CONSTRAINT "topics_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "persons" (
    "id" TEXT NOT NULL,
    "seq" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "persons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identities" (
    "address" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "memberships" (
    "seq" SERIAL NOT NULL,
    "person_id" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "role" "person_role" NOT NULL,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "invitations" (
    "code_hash" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "role" "person_role" NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "used_by" TEXT,

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("code_hash")
);

-- CreateTable
CREATE TABLE "group_chats" (
    "address" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "scope_kind" "scope_kind" NOT NULL,
    "scope_of" TEXT,
    "digest_at" TEXT NOT NULL,
    "linked_by" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_chats_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "seen_events" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "seen_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "key" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "set_aside_sessions" (
    "key" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "set_aside_sessions_pkey" PRIMARY KEY ("key","revision")
);

-- CreateTable
CREATE TABLE "reports" (
    "id" TEXT NOT NULL,
    "receipt" TEXT NOT NULL,
    "receipt_year" INTEGER NOT NULL,
    "receipt_number" INTEGER NOT NULL,
    "form" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "duty" TEXT,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "timeliness" "timeliness" NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "reports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_versions" (
    "report_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "form_version" INTEGER NOT NULL,
    "values" JSONB NOT NULL,
    "nothing" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "report_versions_pkey" PRIMARY KEY ("report_id","number")
);

-- CreateTable
CREATE TABLE "audit_log" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "person" TEXT,
    "address" TEXT,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "details" JSONB NOT NULL,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outgoing" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "thread" TEXT,
    "reply" JSONB NOT NULL,
    "state" "outgoing_state" NOT NULL DEFAULT 'queued',
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "held_until" TIMESTAMPTZ(3),
    "parts_sent" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "queued_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "message_id" TEXT,
    "reason" TEXT,

    CONSTRAINT "outgoing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "web_chats" (
    "chat" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "web_chats_pkey" PRIMARY KEY ("chat")
);

-- CreateTable
CREATE TABLE "web_lines" (
    "chat" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "from_name" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "web_lines_pkey" PRIMARY KEY ("chat","seq")
);

-- CreateTable
CREATE TABLE "settings" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "units_code_key" ON "units"("code");

-- CreateIndex
CREATE INDEX "group_members_unit_id_idx" ON "group_members"("unit_id");

-- CreateIndex
CREATE INDEX "passages_plan_id_path_idx" ON "passages"("plan_id", "path");

-- CreateIndex
CREATE INDEX "passages_topics_idx" ON "passages" USING GIN ("topics");

-- CreateIndex
CREATE UNIQUE INDEX "passages_plan_id_place_key" ON "passages"("plan_id", "place");

-- CreateIndex
CREATE INDEX "assignments_party_idx" ON "assignments"("party");

-- CreateIndex
CREATE INDEX "schedules_before_day_idx" ON "schedules"("before_day");

-- CreateIndex
CREATE INDEX "reporting_duties_before_day_idx" ON "reporting_duties"("before_day");

-- CreateIndex
CREATE UNIQUE INDEX "reporting_duties_plan_id_place_key" ON "reporting_duties"("plan_id", "place");

-- CreateIndex
CREATE INDEX "identities_person_id_idx" ON "identities"("person_id");

-- CreateIndex
CREATE INDEX "memberships_unit_idx" ON "memberships"("unit");

-- CreateIndex
CREATE UNIQUE INDEX "memberships_person_id_unit_role_key" ON "memberships"("person_id", "unit", "role");

-- CreateIndex
CREATE UNIQUE INDEX "reports_receipt_key" ON "reports"("receipt");

-- CreateIndex
CREATE INDEX "reports_unit_submitted_at_idx" ON "reports"("unit", "submitted_at" DESC);

-- CreateIndex
CREATE INDEX "reports_duty_idx" ON "reports"("duty");

-- CreateIndex
CREATE INDEX "reports_submitted_at_idx" ON "reports"("submitted_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "reports_receipt_year_receipt_number_key" ON "reports"("receipt_year", "receipt_number");

-- CreateIndex
CREATE INDEX "audit_log_subject_idx" ON "audit_log"("subject");

-- CreateIndex
CREATE INDEX "audit_log_person_idx" ON "audit_log"("person");

-- CreateIndex
CREATE INDEX "audit_log_at_idx" ON "audit_log"("at");

-- CreateIndex
CREATE UNIQUE INDEX "outgoing_key_key" ON "outgoing"("key");

-- CreateIndex
CREATE INDEX "outgoing_state_address_id_idx" ON "outgoing"("state", "address", "id");

-- CreateIndex
CREATE INDEX "outgoing_key_prefix_idx" ON "outgoing" USING SPGIST ("key");

-- CreateIndex
CREATE UNIQUE INDEX "web_lines_id_key" ON "web_lines"("id");

-- AddForeignKey
ALTER TABLE "unit_origins" ADD CONSTRAINT "unit_origins_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "units"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "unit_groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "units"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passages" ADD CONSTRAINT "passages_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plans"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_passage_id_fkey" FOREIGN KEY ("passage_id") REFERENCES "passages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_passage_id_fkey" FOREIGN KEY ("passage_id") REFERENCES "passages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reporting_duties" ADD CONSTRAINT "reporting_duties_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plans"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_facts" ADD CONSTRAINT "plan_facts_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plans"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identities" ADD CONSTRAINT "identities_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "persons"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_versions" ADD CONSTRAINT "report_versions_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "reports"("id") ON DELETE CASCADE ON UPDATE CASCADE;
