-- +goose Up
CREATE TABLE region (
	code  TEXT PRIMARY KEY,
	name  TEXT NOT NULL,
	local BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE holiday (
	day     TEXT PRIMARY KEY,
	working BOOLEAN NOT NULL,
	name    TEXT NOT NULL DEFAULT '',
	version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE policy (
	key       TEXT NOT NULL,
	region    TEXT NOT NULL,
	effective TEXT NOT NULL,
	value     TEXT NOT NULL,
	basis     TEXT NOT NULL,
	author    TEXT NOT NULL DEFAULT '',
	at        BIGINT NOT NULL,
	version   INTEGER NOT NULL DEFAULT 1,
	PRIMARY KEY (key, region, effective)
);

CREATE TABLE org (
	id         TEXT PRIMARY KEY,
	region     TEXT NOT NULL,
	kind       TEXT NOT NULL CHECK (kind IN ('federation', 'village', 'hospital', 'department')),
	name       TEXT NOT NULL,
	address    TEXT NOT NULL DEFAULT '',
	phone      TEXT NOT NULL DEFAULT '',
	categories TEXT NOT NULL DEFAULT '',
	version    INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX org_region ON org (region, kind);

CREATE TABLE account (
	id         TEXT PRIMARY KEY,
	login      TEXT NOT NULL UNIQUE,
	name       TEXT NOT NULL,
	role       TEXT NOT NULL,
	region     TEXT NOT NULL,
	org        TEXT NOT NULL REFERENCES org (id),
	title      TEXT NOT NULL DEFAULT '',
	categories TEXT NOT NULL DEFAULT '',
	hash       TEXT NOT NULL DEFAULT '',
	changed    BIGINT NOT NULL DEFAULT 0,
	fresh      BOOLEAN NOT NULL DEFAULT TRUE,
	failed     INTEGER NOT NULL DEFAULT 0,
	locked     BIGINT NOT NULL DEFAULT 0,
	disabled   BOOLEAN NOT NULL DEFAULT FALSE,
	version    INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX account_region ON account (region, role);
CREATE INDEX account_org ON account (org);

CREATE TABLE signin (
	hash    TEXT PRIMARY KEY,
	account TEXT NOT NULL REFERENCES account (id),
	created BIGINT NOT NULL,
	seen    BIGINT NOT NULL,
	addr    TEXT NOT NULL DEFAULT '',
	agent   TEXT NOT NULL DEFAULT ''
);
CREATE INDEX signin_account ON signin (account);

CREATE TABLE token (
	hash    TEXT PRIMARY KEY,
	id      TEXT NOT NULL UNIQUE,
	account TEXT NOT NULL REFERENCES account (id),
	name    TEXT NOT NULL,
	created BIGINT NOT NULL,
	expires BIGINT NOT NULL,
	revoked BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX token_account ON token (account);

CREATE TABLE audit (
	county  TEXT NOT NULL,
	id      TEXT NOT NULL,
	at      BIGINT NOT NULL,
	account TEXT NOT NULL,
	name    TEXT NOT NULL,
	role    TEXT NOT NULL,
	act     TEXT NOT NULL,
	kind    TEXT NOT NULL,
	subject TEXT NOT NULL,
	region  TEXT NOT NULL,
	addr    TEXT NOT NULL DEFAULT '',
	note    TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (county, id)
);
CREATE INDEX audit_subject ON audit (county, kind, subject, id);

CREATE TABLE counter (
	county TEXT NOT NULL,
	series TEXT NOT NULL,
	n      BIGINT NOT NULL,
	PRIMARY KEY (county, series)
);

CREATE TABLE job (
	id       TEXT PRIMARY KEY,
	kind     TEXT NOT NULL,
	key      TEXT NOT NULL,
	args     TEXT NOT NULL,
	state    TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'dead')),
	due      BIGINT NOT NULL,
	lease    BIGINT NOT NULL DEFAULT 0,
	attempts INTEGER NOT NULL DEFAULT 0,
	error    TEXT NOT NULL DEFAULT '',
	created  BIGINT NOT NULL
);
CREATE INDEX job_due ON job (state, due);
CREATE UNIQUE INDEX job_once ON job (kind, key) WHERE state IN ('waiting', 'running');

CREATE TABLE answered (
	account TEXT NOT NULL,
	key     TEXT NOT NULL,
	request TEXT NOT NULL,
	status  INTEGER NOT NULL,
	body    TEXT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (account, key)
);
