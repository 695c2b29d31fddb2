// What a page gains when JavaScript runs. Nothing here is needed: the server checks, computes and shows everything again.
import { counts } from "./count";
import { files } from "./file";
import { hashes } from "./hash";
import { identities } from "./identity";
import { polls } from "./poll";
import { once, picks, problems } from "./page";

problems(document);
identities(document);
files(document);
counts(document);
picks(document);
once(document);
polls(document);
hashes(document);
