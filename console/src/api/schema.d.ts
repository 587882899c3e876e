// Generated from /api/openapi.json by `npm --prefix console run types`. Do not edit.
export interface paths {
    readonly "/api/v1/audit": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Read the audit log
         * @description Latest first.
         */
        readonly get: operations["listAudit"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/audit/terms": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * See who and what is in the audit log
         * @description Everyone and every action that it can be asked for.
         */
        readonly get: operations["listAuditTerms"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/catalog": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the kinds of destination
         * @description With a pack installed the whole list is above a megabyte; `/catalog/summary` lists the same kinds without their settings and actions.
         */
        readonly get: operations["listCatalog"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/catalog/{kind}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Get a kind of destination */
        readonly get: operations["getCatalogKind"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/catalog/{kind}/suggestions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Suggest actions for a semantic event
         * @description A trigger and a mapping for each action of a kind that can be filled from the event’s properties, beyond what its default mapping reads. Send what you like of it with the actions of a destination; nothing is stored here.
         */
        readonly get: operations["suggestActions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/catalog/summary": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the kinds of destination in short
         * @description For choosing one; `/catalog/{kind}` has its settings and actions.
         */
        readonly get: operations["listCatalogSummary"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/content-reports/{contentId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List what was reported about a piece of in-app content
         * @description From Report Content Event calls, latest first.
         */
        readonly get: operations["listContentReports"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/delivery-metrics/{deliveryId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List what was reported about a message
         * @description From Report Delivery Event calls.
         */
        readonly get: operations["listDeliveryMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List destinations
         * @description The workspace itself is one of them.
         */
        readonly get: operations["listDestinations"];
        readonly put?: never;
        /**
         * Add a destination
         * @description Starts with the default actions of its kind unless `actions` are given.
         */
        readonly post: operations["createDestination"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Get a destination */
        readonly get: operations["getDestination"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Delete a destination
         * @description Nothing more is sent to it; its dead letters and counts go with it.
         */
        readonly delete: operations["deleteDestination"];
        readonly options?: never;
        readonly head?: never;
        /**
         * Change a destination
         * @description `settings`, when given, replaces all settings. Its backlog is sent with the new ones.
         */
        readonly patch: operations["updateDestination"];
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/actions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List actions */
        readonly get: operations["listActions"];
        /**
         * Replace the actions
         * @description Every enabled action whose trigger matches an event is carried out, in this order.
         */
        readonly put: operations["setActions"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/attempts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List tries on record
         * @description Tries at this destination that failed, and successes that came after some, latest first. What went well at once is in `/ledger/events`.
         */
        readonly get: operations["listAttempts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/dead-letters": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List dead letters
         * @description Latest first.
         */
        readonly get: operations["listDeadLetters"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/dead-letters/{letter}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get a dead letter
         * @description With every try that is on record: request, answer, duration.
         */
        readonly get: operations["getDeadLetter"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Edit a dead letter
         * @description Replaces the event that this destination gets when the dead letter is tried again; it must be one that could have been sent. The log keeps the event as it came in. messageId and receivedAt stay.
         */
        readonly patch: operations["editDeadLetter"];
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/dead-letters/discard": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Give dead letters up
         * @description They count as discarded from then on and are not sent.
         */
        readonly post: operations["discardDeadLetters"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/dead-letters/retry": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Try dead letters again
         * @description Puts them back in line with fresh tries; sent with the present settings.
         */
        readonly post: operations["retryDeadLetters"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/replays": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List replays
         * @description Latest first.
         */
        readonly get: operations["listReplays"];
        readonly put?: never;
        /**
         * Replay events to a destination
         * @description Sends events of the log once more, with the present settings and actions, as a run with counts of its own; the ledger and what the destination has yet to get are left alone. It ends where the destination itself stands. Events of one person keep their order within the run. A webhook gets its id as `X-Leat-Replay`.
         */
        readonly post: operations["startReplay"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/replays/{run}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Get a replay */
        readonly get: operations["getReplay"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/replays/{run}/cancel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** End a replay */
        readonly post: operations["cancelReplay"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/replays/{run}/failures": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List what a replay could not send
         * @description In the order of the log; the first 10,000.
         */
        readonly get: operations["listReplayFailures"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/replays/{run}/pause": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Pause a replay */
        readonly post: operations["pauseReplay"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/replays/{run}/resume": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Go on with a paused replay */
        readonly post: operations["resumeReplay"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/skip-backlog": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Skip the backlog of a destination
         * @description Everything that waits for it now, events between retries and dead letters that were told to go out again too, counts as discarded(skipped) and is not sent; it goes on with what comes next. For a disabled destination, call this before enabling it. Other dead letters stay. An event that was under way may have arrived.
         */
        readonly post: operations["skipBacklog"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Test a destination
         * @description Sends the kind’s test request with the present settings. What it found is kept as `lastTest` of the destination until its settings change.
         */
        readonly post: operations["testDestination"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/destinations/{id}/test-event": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Send one event as a test
         * @description Sends a stored event, or one typed for the purpose, with the present settings and actions, also while the destination is off. Nothing is counted and no cursor moves. With `dryRun` nothing is sent: where a request depends on the answer to the one before, that answer is taken to be good and empty.
         */
        readonly post: operations["sendTestEvent"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the latest events, or stream them live
         * @description Newest first; a page looks at a bounded stretch of the log, so it may be short and still have a `next`. With `live=1` the answer is a stream of server-sent events: `event` for each stored event from now on (from `Last-Event-ID` after a reconnect), `skipped` with a count when the reader is too slow to get all, `position` when only the id moves on.
         */
        readonly get: operations["listEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/events/{messageId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Explain an event
         * @description What was stored, what the workspace did with it, how it stands at each destination and why. A messageId is unique per source only, so this is a list. When the log has none, calls with this id that were rejected are listed.
         */
        readonly get: operations["explainEvent"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/ledger": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Account for every event at every destination
         * @description accepted = delivered + filtered + discarded + failed + pending, per source and destination since the destination began; `balanced` compares what the log counted with what the destinations counted. With `from` or `to` only events received in that window are listed, and pending is what is left of them.
         */
        readonly get: operations["getLedger"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/ledger/actions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Outcomes of each action
         * @description What each action of each destination did with the events that it matched and that are finished, by time of receipt. Those of the workspace are in its effects instead.
         */
        readonly get: operations["getActionLedger"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/ledger/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the events behind a sum of the ledger
         * @description Newest first, as far as the log still holds them. A page looks at a bounded stretch of the log, so it may be short and still have a `next`.
         */
        readonly get: operations["listLedgerEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/me": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** See who this token is */
        readonly get: operations["getCaller"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/object-types/{typeId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Name an object type
         * @description For people only; calls go on naming the type by its id. Null takes the name away.
         */
        readonly patch: operations["nameObjectType"];
        readonly trace?: never;
    };
    readonly "/api/v1/objects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List object types */
        readonly get: operations["listObjectTypes"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/objects/{typeId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List objects of a type */
        readonly get: operations["listObjects"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/objects/{typeId}/{objectId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Get an object and the people related to it */
        readonly get: operations["getObject"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/overview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * See how things went over time
         * @description By source and destination, cut to the minute, at most 92 days; the last hour when nothing is given.
         */
        readonly get: operations["getOverview"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/people": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Search people
         * @description By the beginning of an identifier a page is full or the last one. By attribute a page looks at a bounded number of people, latest first: it may be short, even empty, and still have a `next`.
         */
        readonly get: operations["searchPeople"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/people/{identifier}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Get a person */
        readonly get: operations["getPerson"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Delete a person
         * @description Appends `User Deleted`. A later identify call can create the person again; suppress to prevent that.
         */
        readonly delete: operations["deletePerson"];
        readonly options?: never;
        readonly head?: never;
        /**
         * Edit attributes of a person
         * @description Appends an identify call of the source `leat`. null or "" removes an attribute.
         */
        readonly patch: operations["updatePerson"];
        readonly trace?: never;
    };
    readonly "/api/v1/people/{identifier}/delivery-metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List what was reported about messages to a person
         * @description From Report Delivery Event calls whose recipient is an email address, phone or device token of the person, latest first. A page looks at a bounded number of reports.
         */
        readonly get: operations["listPersonDeliveryMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/people/{identifier}/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the events of a person
         * @description Latest first, with activity joined from anonymous ids and merged people. Works for an anonymous id too.
         */
        readonly get: operations["listPersonEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/people/{identifier}/origins": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Find the events that set the attributes of a person
         * @description Looked for in the log from the time of the attribute on. An attribute is left out when its event is no longer stored, or came in long after its own time.
         */
        readonly get: operations["listAttributeOrigins"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/people/{identifier}/suppress": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Suppress a person
         * @description Appends `User Suppressed`: the person is deleted and calls for the identifiers are ignored until they are unsuppressed. The person need not exist.
         */
        readonly post: operations["suppressPerson"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/people/{identifier}/unsuppress": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Unsuppress a person
         * @description Appends `User Unsuppressed`: the identifiers may be used again. What was deleted does not come back.
         */
        readonly post: operations["unsuppressPerson"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/semantic-events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List the semantic events
         * @description Events that many tools know, with the types of their properties.
         */
        readonly get: operations["listSemanticEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/semantic-events/odd": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * See which of the latest events differ from the catalogue
         * @description Wrong types, values and spellings of semantic events, counted by source, name and property. Such events are taken and sent on as they are.
         */
        readonly get: operations["listOddEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/session": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** See who is signed in */
        readonly get: operations["getSession"];
        readonly put?: never;
        /**
         * Sign in
         * @description Sets the cookie `leat_session`. Changes made with the cookie need the header `x-leat-csrf` with the `csrf` of the answer. Ten failures of an account or thirty of an address within 15 minutes are answered 429 with Retry-After.
         */
        readonly post: operations["signIn"];
        /** Sign out */
        readonly delete: operations["signOut"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sessions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List open sessions
         * @description Your own; for owners, and for tokens of owners, everybody’s.
         */
        readonly get: operations["listSessions"];
        readonly put?: never;
        readonly post?: never;
        /** End all your other sessions */
        readonly delete: operations["endOtherSessions"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sessions/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * End a session
         * @description One of your own; owners may end anybody’s.
         */
        readonly delete: operations["endSession"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/set-up": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Use a one-time link: choose a password and sign in
         * @description The link printed at start, or by `./leat owner link`, makes an owner of the given email, or gives the user who has it the new password and the role of owner. A link of an invitation sets the password of its user; `email` is not needed then. Sessions of before end.
         */
        readonly post: operations["setUp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/set-up/check": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * See what a one-time link is for
         * @description Does not use the link up.
         */
        readonly post: operations["checkLink"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/set-up/owner-link": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Make a one-time link for an owner
         * @description For the first run, or when every owner has lost the password. It ends the one made before, and expires after 24 hours.
         */
        readonly post: operations["createOwnerLink"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sources": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List sources */
        readonly get: operations["listSources"];
        readonly put?: never;
        /**
         * Add a source
         * @description Adds a source with one key: made here, or brought along from another system.
         */
        readonly post: operations["createSource"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sources/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Get a source */
        readonly get: operations["getSource"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Delete a source
         * @description Its keys open nothing from then on. Events it sent stay in the log.
         */
        readonly delete: operations["deleteSource"];
        readonly options?: never;
        readonly head?: never;
        /** Change a source */
        readonly patch: operations["updateSource"];
        readonly trace?: never;
    };
    readonly "/api/v1/sources/{id}/keys": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List keys */
        readonly get: operations["listKeys"];
        readonly put?: never;
        /**
         * Add a key
         * @description Makes a key, or takes one brought along as it is; then its class follows from its prefix.
         */
        readonly post: operations["createKey"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sources/{id}/keys/{keyId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Revoke a key
         * @description Calls with it are no longer taken. The key stays listed and cannot be used by another source.
         */
        readonly delete: operations["revokeKey"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sources/{id}/keys/{keyId}/reveal": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Show a secret key again
         * @description The audit log says who did.
         */
        readonly post: operations["revealKey"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sources/{id}/keys/{keyId}/rotate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Replace a key
         * @description Makes a key of the same class. The old one keeps working until it is revoked, so that clients can be changed one by one; `revoke` ends it at once.
         */
        readonly post: operations["rotateKey"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sources/{id}/rejections": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List what was not taken from a source, and why
         * @description Latest first. Detail is kept within a byte budget per source; `counts` are of all time.
         */
        readonly get: operations["listRejections"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/sources/{id}/test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Test the connection of a source
         * @description Send any call with the key of the source, then ask here whether it arrived, and if not, why.
         */
        readonly get: operations["testSource"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/status": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** See how the server is doing */
        readonly get: operations["getStatus"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/suppressions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List suppressed identifiers */
        readonly get: operations["listSuppressions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/tokens": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List tokens
         * @description Not among them: the operator’s own, from LEAT_ADMIN_TOKEN or the data folder.
         */
        readonly get: operations["listTokens"];
        readonly put?: never;
        /**
         * Make a token
         * @description The answer is the only place where the token is ever shown.
         */
        readonly post: operations["createToken"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/tokens/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Delete a token
         * @description It opens nothing from then on.
         */
        readonly delete: operations["deleteToken"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/triggers/try": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Try a trigger
         * @description Runs it over the latest events. Nothing is changed or sent; a trigger that cannot be read is an answer, too.
         */
        readonly post: operations["tryTrigger"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/unrecognised-keys": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List keys that nothing here knows
         * @description Calls with one unknown key from one address and client are counted together; latest first.
         */
        readonly get: operations["listUnrecognisedKeys"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/unrecognised-keys/rejections": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List calls that came with an unknown key */
        readonly get: operations["listUnrecognisedRejections"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/users": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List users */
        readonly get: operations["listUsers"];
        readonly put?: never;
        /**
         * Invite a user
         * @description The answer holds a link that works once, for seven days. Leat sends no mail: hand it over yourself. Who opens it chooses a password.
         */
        readonly post: operations["inviteUser"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/users/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Remove a user
         * @description Ends the user’s sessions and links. The last owner cannot be removed. The audit log keeps the email.
         */
        readonly delete: operations["deleteUser"];
        readonly options?: never;
        readonly head?: never;
        /**
         * Change a user’s name or role
         * @description A changed role holds from the next call on. The last owner stays one.
         */
        readonly patch: operations["updateUser"];
        readonly trace?: never;
    };
    readonly "/api/v1/users/{id}/link": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Make a new one-time link for a user
         * @description For an invitation that was lost, or a password that was forgotten: whoever opens it chooses a new one. The old password works until then. It ends the link made before, and expires after seven days.
         */
        readonly post: operations["createUserLink"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/users/me/password": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Change your own password
         * @description Ends all your other sessions. Wrong current passwords count as failed sign-ins.
         */
        readonly put: operations["changePassword"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly AccountLink: {
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly expiresAt: string;
            /**
             * Format: uri
             * @description Works once; shown here and never again.
             */
            readonly link: string;
        };
        readonly Action: {
            readonly enabled: boolean;
            readonly id: string;
            /** @description Which of the kind’s actions it is, by slug. */
            readonly kind: string;
            readonly mapping: {
                readonly [key: string]: unknown;
            };
            readonly name: string;
            /** @description FQL. */
            readonly trigger: string;
        };
        readonly ActionLedgerLine: {
            readonly actionId: string;
            readonly delivered: number;
            readonly destinationId: string;
            /** @description Refused or given up; also of events that were discarded afterwards. */
            readonly failed: number;
            readonly kind: string | null;
            /**
             * Format: date-time
             * @description Minute of receipt, with `by=minute`.
             */
            readonly minute?: string;
            /** @description Null when the action is no longer there. */
            readonly name: string | null;
        };
        readonly Activity: {
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly at: string;
            readonly messageId: string;
            readonly name: string;
            readonly offset: number;
            readonly partition: number;
            readonly properties: {
                readonly [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly receivedAt: string;
            readonly sourceId: string;
            readonly type: string;
        };
        readonly Attempt: {
            /** @description Id of the action. */
            readonly action: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly at: string;
            readonly attempt: number;
            readonly durationMs: number;
            readonly error: string | null;
            /** @enum {string} */
            readonly outcome: "delivered" | "retry" | "failed";
            /** @description Start of the request, secrets blanked; of failures only. */
            readonly request: string | null;
            readonly response: string | null;
            readonly status: number | null;
            /** @description Of the destination’s configuration. */
            readonly version: number;
        };
        readonly AttributeOrigin: {
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly at: string;
            readonly attribute: string;
            readonly messageId: string;
            readonly sourceId: string;
        };
        readonly AuditEntry: {
            /** @description Such as `source.create` or `key.reveal`. */
            readonly action: string;
            readonly actor: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly at: string;
            /** @description What changed, without secrets. */
            readonly detail: unknown;
            readonly id: number;
            /** @description What it was done to: an id, or the identifier of a person. */
            readonly subject: string;
            /** @description Its present name, or the last one of what was deleted; null when it has none. */
            readonly subjectName: string | null;
        };
        readonly Caller: {
            readonly name: string;
            /** @enum {string} */
            readonly role: "owner" | "editor" | "viewer";
        };
        readonly ContentReport: {
            readonly actionName: string | null;
            readonly actionType: string;
            readonly actionValue: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly at: string;
            readonly contentId: string;
            readonly contentType: string | null;
            /** @description `cio_…`; null for an anonymous visitor. */
            readonly person: string | null;
            readonly templateId: string;
        };
        readonly CurrentSession: {
            /** @description For the header x-leat-csrf of every change. */
            readonly csrf: string | null;
            /** @description Whether there is no owner yet; the start lines hold the link. */
            readonly setUpNeeded: boolean;
            /** @description Null when nobody is signed in. */
            readonly user: {
                readonly email: string;
                readonly id: string;
                readonly name: string;
                /**
                 * @description viewer reads everything but secrets, tokens, users and the audit log; editor also changes sources, destinations and people, and may see secret keys again; owner also manages users and tokens
                 * @enum {string}
                 */
                readonly role: "owner" | "editor" | "viewer";
            } | null;
        };
        readonly DeadLetter: {
            /** @description What the receiver said to the last try that failed; null when it said nothing. */
            readonly answer: {
                readonly status: number | null;
                /** @description Start of the body. */
                readonly text: string;
            } | null;
            readonly attempts: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly diedAt: string;
            /** @description When the event was last changed here. */
            readonly editedAt: string | null;
            /** @description The canonical event. */
            readonly event: {
                readonly [key: string]: unknown;
            };
            readonly id: number;
            readonly messageId: string;
            readonly offset: number;
            readonly partition: number;
            readonly reason: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly receivedAt: string;
            /** @description Whether it is back in line and about to be tried. */
            readonly requeued: boolean;
            readonly sourceId: string;
        };
        readonly DeadLetterDetail: {
            /** @description What the receiver said to the last try that failed; null when it said nothing. */
            readonly answer: {
                readonly status: number | null;
                /** @description Start of the body. */
                readonly text: string;
            } | null;
            readonly attempts: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly diedAt: string;
            /** @description When the event was last changed here. */
            readonly editedAt: string | null;
            /** @description The canonical event. */
            readonly event: {
                readonly [key: string]: unknown;
            };
            readonly id: number;
            readonly messageId: string;
            readonly offset: number;
            readonly partition: number;
            readonly reason: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly receivedAt: string;
            /** @description Whether it is back in line and about to be tried. */
            readonly requeued: boolean;
            readonly sourceId: string;
            readonly tries: readonly components["schemas"]["Attempt"][];
        };
        readonly DeliveryMetric: {
            readonly actionName: string | null;
            readonly actionValue: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly at: string;
            readonly deliveryId: string;
            readonly href: string | null;
            readonly metric: string;
            readonly reason: string | null;
            readonly recipient: string | null;
        };
        readonly Destination: {
            readonly actions: readonly components["schemas"]["Action"][];
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly createdAt: string;
            /** @description Whether it is sent to. A disabled one keeps its place in the log. */
            readonly enabled: boolean;
            readonly id: string;
            readonly kind: string;
            /** @description What the latest connection test found; null when there was none with the present settings. */
            readonly lastTest: components["schemas"]["LastDestinationTest"] | null;
            readonly name: string;
            /** @description How it is being served at this moment; null while it is disabled, and for the workspace. */
            readonly pace: components["schemas"]["Pace"] | null;
            /** @description As the kind describes them in the catalogue. Secrets are answered as bullets; sent back like that, they keep their stored value. */
            readonly settings: {
                readonly [key: string]: unknown;
            };
            /** @description Sources it takes events from; null takes all. */
            readonly sourceIds: readonly string[] | null;
            /** @enum {string} */
            readonly startFrom: "now" | "beginning";
            /** @description How delivery is doing; null before it began, and for the workspace. */
            readonly state: {
                /** @enum {string} */
                readonly breaker: "closed" | "open" | "probing";
                readonly breakerReason: string | null;
                readonly deadLetters: number;
                /** @description What failed last, also when it works again. */
                readonly lastError: string | null;
                readonly lastErrorAt: string | null;
                readonly lastSuccessAt: string | null;
                readonly nextProbeAt: string | null;
                readonly parked: number;
            } | null;
            /** @description Grows with every change; attempts name it. */
            readonly version: number;
        };
        readonly DestinationKind: {
            readonly actions: readonly {
                readonly defaultMapping: {
                    readonly [key: string]: unknown;
                };
                readonly defaultTrigger: string | null;
                readonly description: string;
                /** @description What its mapping fills. JSON schema (draft 2020-12); `secret: true` marks what is never shown again. */
                readonly fields: {
                    readonly [key: string]: unknown;
                };
                readonly name: string;
                readonly slug: string;
            }[];
            /** @description Whether destinations of it can be added; there is only one workspace. */
            readonly addable: boolean;
            /** @description Markdown. */
            readonly description: string;
            /** @description Its names in an event’s `integrations`. */
            readonly integrationNames: readonly string[];
            readonly name: string;
            /**
             * @description Whether it ships with Leat or comes from an installed pack.
             * @enum {string}
             */
            readonly origin: "leat" | "pack";
            /** @description JSON schema (draft 2020-12); `secret: true` marks what is never shown again. */
            readonly settings: {
                readonly [key: string]: unknown;
            };
            /**
             * @description What its settings ask for: nothing secret, keys or passwords, or an OAuth app of yours.
             * @enum {string}
             */
            readonly signIn: "none" | "secret" | "oauth";
            readonly slug: string;
            /** @description The actions that a new destination starts with; `action` is the slug. */
            readonly startsWith: readonly {
                readonly action: string;
                readonly name: string;
                readonly trigger: string;
            }[];
        };
        readonly DestinationKindSummary: {
            /** @description How many actions it has. */
            readonly actions: number;
            /** @description Whether destinations of it can be added; there is only one workspace. */
            readonly addable: boolean;
            /** @description Markdown. */
            readonly description: string;
            /** @description Its names in an event’s `integrations`. */
            readonly integrationNames: readonly string[];
            readonly name: string;
            /**
             * @description Whether it ships with Leat or comes from an installed pack.
             * @enum {string}
             */
            readonly origin: "leat" | "pack";
            /**
             * @description What its settings ask for: nothing secret, keys or passwords, or an OAuth app of yours.
             * @enum {string}
             */
            readonly signIn: "none" | "secret" | "oauth";
            readonly slug: string;
        };
        readonly DestinationTest: {
            readonly message: string;
            readonly ok: boolean;
        };
        /** @description What went wrong, and what to do about it. */
        readonly Error: {
            /**
             * @description Machine-readable; see docs/errors.md.
             * @enum {string}
             */
            readonly code: "invalid_request" | "invalid_json" | "too_large" | "unauthorized" | "forbidden" | "not_found" | "conflict" | "request_timeout" | "rate_limited" | "headers_too_large" | "log_unavailable" | "store_unavailable" | "shutting_down" | "thread_lost" | "internal" | "bad_setting" | "destination_refused" | "destination_unavailable" | "private_address";
            readonly details: readonly {
                readonly field: string | null;
                readonly limit: (string | number | readonly string[]) | null;
                readonly message: string;
                readonly remedy: string;
            }[];
            readonly error: string;
            /** @description Path of the first offending field. */
            readonly field: string | null;
            readonly message: string;
            readonly meta: {
                readonly error: string;
                readonly errors: readonly string[];
            };
        };
        readonly EventOutcome: {
            /** @description The canonical event. */
            readonly event: {
                readonly [key: string]: unknown;
            };
            readonly messageId: string;
            readonly offset: number;
            /** @enum {string} */
            readonly outcome: "delivered" | "filtered" | "discarded" | "failed" | "pending";
            readonly partition: number;
            /** @description Why, where that is known of a single event. */
            readonly reason: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly receivedAt: string;
            readonly sourceId: string;
        };
        /** @description A request and its answer, secrets blanked. */
        readonly Exchange: {
            readonly request: {
                readonly body: string;
                readonly headers: {
                    readonly [key: string]: string;
                };
                readonly method: string;
                readonly url: string;
            };
            readonly response: {
                readonly body: string;
                readonly status: number;
            } | null;
        };
        readonly Explanation: {
            readonly deduplication: {
                /** @description Whether a repeat that came now would still be told. */
                readonly covered: boolean;
                /**
                 * Format: date-time
                 * @description Ids received since then are told from repeats.
                 */
                readonly coveredSince: string;
                /** @description Calls with its messageId that came later and were not stored; null when none is on record. Kept for the 10,000 events of a source that were repeated last. */
                readonly repeats: {
                    /** @description Library or user agent of the last one. */
                    readonly client: string;
                    readonly count: number;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC.
                     */
                    readonly firstAt: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC.
                     */
                    readonly lastAt: string;
                } | null;
                /**
                 * @description The first of its source with this messageId: repeats are not stored.
                 * @constant
                 */
                readonly verdict: "first";
            };
            readonly destinations: readonly {
                readonly attempts: readonly components["schemas"]["Attempt"][];
                /** @description Version of Leat that routed it, when another than this. */
                readonly codeVersion: string | null;
                /** @description What would come out differently with the present configuration, a sentence each. */
                readonly differsToday: readonly string[];
                /** @description The event as a user changed it after this destination refused it; `route` and `sends` are of it. The audit log says who. */
                readonly edited: {
                    /**
                     * Format: date-time
                     * @description ISO 8601, UTC.
                     */
                    readonly at: string;
                    readonly event: {
                        readonly [key: string]: unknown;
                    };
                } | null;
                /** @description Why an event that is not finished waits, when the destination as a whole does. */
                readonly heldUp: {
                    /** @enum {string} */
                    readonly by: "switched off" | "paused";
                    readonly reason: string | null;
                    /** @description When it is tried again. */
                    readonly until: string | null;
                } | null;
                readonly id: string;
                readonly kind: string;
                readonly name: string;
                /** @description Replays that mean this event, latest first, and what they did with it. */
                readonly replays: readonly {
                    readonly id: string;
                    /**
                     * @description not reached: cancelled before; left out: no action takes it; sent or left out: which of both is not on record.
                     * @enum {string}
                     */
                    readonly outcome: "waiting" | "not reached" | "refused" | "sent" | "left out" | "sent or left out";
                    readonly passed: boolean;
                    /** @description Why it was refused. */
                    readonly reason: string | null;
                    readonly state: string;
                }[];
                /** @description Whether and why it takes the event: per action the trigger, condition by condition, and what the mapping makes of the event. Recomputed. */
                readonly route: {
                    readonly [key: string]: unknown;
                };
                /**
                 * @description Whether `route` stands on the configuration under which it was routed, or on the present one.
                 * @enum {string}
                 */
                readonly routedWith: "recorded" | "present";
                /** @description The requests that its actions make of the event, worked out anew; null when it is not to get it. */
                readonly sends: {
                    readonly actions: readonly {
                        readonly id: string;
                        readonly name: string;
                        readonly problem: string | null;
                        readonly requests: readonly {
                            readonly body: string;
                            readonly headers: {
                                readonly [key: string]: string;
                            };
                            readonly method: string;
                            readonly url: string;
                        }[];
                    }[];
                    readonly problem: string | null;
                    /**
                     * @description Secrets of then are not kept; changes since are in `differsToday`.
                     * @constant
                     */
                    readonly with: "present settings";
                } | null;
                /**
                 * @description skipped: part of a backlog that a user had it skip; done: delivered, or filtered when `route` does not match.
                 * @enum {string}
                 */
                readonly standing: "before start" | "not reached" | "in flight" | "parked" | "dead letter" | "discarded" | "skipped" | "done";
            }[];
            /** @description The canonical event as it is stored. */
            readonly event: {
                readonly [key: string]: unknown;
            };
            readonly messageId: string;
            readonly offset: number;
            readonly partition: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly receivedAt: string;
            readonly sourceId: string;
            readonly sourceName: string | null;
            /** @description Oddities of the call that did not stop it: `reason`, `field`, `message`. The reason `semantic_event` is where it differs from the catalogue of semantic events. */
            readonly validation: {
                readonly notes: readonly {
                    readonly [key: string]: unknown;
                }[];
            };
            readonly workspace: {
                readonly changes: readonly string[];
                /** @description What would come out differently with the present configuration, a sentence each. */
                readonly differsToday: readonly string[];
                /** @description Why something was not done. */
                readonly notes: readonly string[];
                readonly outcome: ("delivered" | "filtered" | "discarded") | null;
                /** @description `cio_…` of the person it went to. */
                readonly person: string | null;
                /** @description Why it was discarded. */
                readonly reason: string | null;
                readonly route: {
                    readonly [key: string]: unknown;
                } | null;
                /**
                 * @description Whether the workspace has come to this event.
                 * @enum {string}
                 */
                readonly state: "waiting" | "applied";
            };
        };
        readonly Invitation: {
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly expiresAt: string;
            /**
             * Format: uri
             * @description Works once; shown here and never again.
             */
            readonly link: string;
            readonly user: components["schemas"]["User"];
        };
        readonly Key: {
            /** @enum {string} */
            readonly class: "public" | "secret";
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly createdAt: string;
            readonly id: string;
            /** @description The key; a secret one is shown by its first characters only. */
            readonly key: string;
            readonly region: ("us" | "eu") | null;
            readonly revokedAt: string | null;
            /** @description Whether `key` is whole. */
            readonly shown: boolean;
        };
        readonly LastDestinationTest: {
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly at: string;
            readonly message: string;
            readonly ok: boolean;
        };
        readonly LedgerLine: {
            /** @description Events of the source in the log since the destination began. */
            readonly accepted: number;
            /** @description Whether accepted is the sum of the rest; over everything only. */
            readonly balanced?: boolean;
            readonly delivered: number;
            readonly destinationId: string;
            readonly discarded: number;
            /** @description Dead letters. */
            readonly failed: number;
            /** @description No action wanted them. */
            readonly filtered: number;
            /**
             * Format: date-time
             * @description Minute of receipt, with `by=minute`.
             */
            readonly minute?: string;
            readonly pending: number;
            /** @description Discarded by reason, as far back as minutes are kept. */
            readonly reasons: {
                readonly [key: string]: number;
            };
            readonly sourceId: string;
        };
        readonly LinkPurpose: {
            /** @description Null when the holder chooses it. */
            readonly email: string | null;
            readonly name: string | null;
            /** @enum {string} */
            readonly purpose: "owner" | "invitation" | "password";
            /**
             * @description viewer reads everything but secrets, tokens, users and the audit log; editor also changes sources, destinations and people, and may see secret keys again; owner also manages users and tokens
             * @enum {string}
             */
            readonly role: "owner" | "editor" | "viewer";
        };
        readonly MappingSuggestions: {
            readonly actions: readonly {
                /** @description Slug of the action. */
                readonly kind: string;
                /** @description The action’s default mapping with what is suggested. */
                readonly mapping: {
                    readonly [key: string]: unknown;
                };
                readonly name: string;
                readonly suggested: readonly {
                    readonly field: string;
                    /** @description Properties of the event that it is filled from. */
                    readonly from: readonly string[];
                }[];
                /** @description Takes the event under all its names. */
                readonly trigger: string;
            }[];
            /** @description Name in the catalogue. */
            readonly event: string;
        };
        readonly NewToken: {
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly createdAt: string;
            readonly id: string;
            readonly name: string;
            /**
             * @description viewer reads everything but secrets, tokens, users and the audit log; editor also changes sources, destinations and people, and may see secret keys again; owner also manages users and tokens
             * @enum {string}
             */
            readonly role: "owner" | "editor" | "viewer";
            readonly token: string;
        };
        readonly Object: {
            /** @description By name. */
            readonly attributes: {
                readonly [key: string]: {
                    /**
                     * Format: date-time
                     * @description Event time that set it.
                     */
                    readonly at: string;
                    readonly value: unknown;
                };
            };
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly createdAt: string;
            readonly objectId: string;
            readonly objectTypeId: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly updatedAt: string;
        };
        readonly ObjectType: {
            readonly id: string;
            /** @description As users named it; null when nobody did. */
            readonly name: string | null;
            readonly objects: number;
        };
        readonly ObjectWithPeople: {
            /** @description By name. */
            readonly attributes: {
                readonly [key: string]: {
                    /**
                     * Format: date-time
                     * @description Event time that set it.
                     */
                    readonly at: string;
                    readonly value: unknown;
                };
            };
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly createdAt: string;
            readonly objectId: string;
            readonly objectTypeId: string;
            readonly people: {
                readonly items: readonly components["schemas"]["RelatedPerson"][];
                /** @description Pass as `cursor` to continue; null at the end. */
                readonly next: string | null;
            };
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly updatedAt: string;
        };
        readonly OddEvent: {
            /** @description How many of the events looked at. */
            readonly events: number;
            /** @description Path in the event; elements of lists are written as []. */
            readonly field: string;
            readonly lastMessageId: string;
            /** @description What the catalogue has there and what is there instead. */
            readonly message: string;
            /** @description The event’s name as it was sent. */
            readonly name: string;
            /** @description The semantic event it is taken for. */
            readonly semanticEvent: string;
            readonly sourceId: string;
        };
        readonly OddEvents: {
            readonly items: readonly components["schemas"]["OddEvent"][];
            readonly looked: number;
        };
        readonly Overview: {
            readonly destinations: readonly {
                /** @description From receipt to delivery, rounded up to the next of 10, 20, 50, 100 ms and so on; null when none. */
                readonly delay: {
                    /** @description Half of the deliveries took at most so long. */
                    readonly medianMs: number | null;
                    /** @description 95 % of the deliveries took at most so long. */
                    readonly p95Ms: number | null;
                };
                /** @description The same by step, by the time of receipt. */
                readonly delays: readonly {
                    /** @description Half of the deliveries took at most so long. */
                    readonly medianMs: number | null;
                    /** @description 95 % of the deliveries took at most so long. */
                    readonly p95Ms: number | null;
                }[];
                /** @description Events delivered, by their time of receipt, by step. */
                readonly delivered: readonly number[];
                readonly destinationId: string;
                /** @description Events discarded, by step. */
                readonly discarded: readonly number[];
                /** @description Dead letters, by step. */
                readonly failed: readonly number[];
                /** @description Events that no action wanted, by step. */
                readonly filtered: readonly number[];
                /** @description Delivered, of delivered and failed; null when there were neither. */
                readonly successRate: number | null;
                /** @description Age of the oldest event not done yet, now; 0 when none waits. */
                readonly waitingMs: number;
            }[];
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly from: string;
            readonly rejections: readonly {
                /** @description Calls that were rejected, by step. */
                readonly calls: readonly number[];
                readonly reason: string;
                /** @description Null under unrecognised keys. */
                readonly sourceId: string | null;
            }[];
            readonly sources: readonly {
                /** @description Events taken, by step. */
                readonly accepted: readonly number[];
                /** @description Duplicates left out, by step. */
                readonly duplicates: readonly number[];
                readonly sourceId: string;
            }[];
            /** @description Length of a step; chosen so that there are at most 181. */
            readonly stepMinutes: number;
            /** @description Where each step begins. The last one may be under way. */
            readonly steps: readonly string[];
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly to: string;
        };
        readonly Pace: {
            /** @enum {string} */
            readonly breaker: "closed" | "open" | "probing";
            readonly breakerReason: string | null;
            /** @description Requests under way, without those of replays. */
            readonly inFlight: number;
            /** @description The last time since the start that it asked to be left alone, and for how long. */
            readonly lastRetryAfter: {
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly at: string;
                readonly ms: number;
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly until: string;
            } | null;
            /** @description Requests that may be under way at once at present: one more per round of successes, half after a failure, none while the breaker is open. */
            readonly limit: number;
            /** @description The most that the settings allow. */
            readonly maxConcurrency: number;
            /** @description Until when an open breaker lets nothing through. */
            readonly nextProbeAt: string | null;
            /** @description Requests a second in force, replays included; null for no limit. */
            readonly ratePerSecond: number | null;
        };
        readonly Person: {
            /** @description By name. */
            readonly attributes: {
                readonly [key: string]: {
                    /**
                     * Format: date-time
                     * @description Event time that set it.
                     */
                    readonly at: string;
                    readonly value: unknown;
                };
            };
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly createdAt: string;
            readonly devices: readonly {
                readonly appIdentifier: string | null;
                readonly attributes: {
                    readonly [key: string]: unknown;
                };
                /**
                 * Format: date-time
                 * @description ISO 8601, UTC.
                 */
                readonly lastUsedAt: string;
                readonly platform: string | null;
                readonly token: string;
            }[];
            readonly identifiers: {
                readonly anonymousIds: readonly string[];
                readonly cioId: string;
                readonly email: string | null;
                readonly id: string | null;
                readonly phone: string | null;
                /** @description Of people merged into this one; they keep resolving to it. */
                readonly previousIds: readonly string[];
            };
            readonly relationships: readonly {
                readonly attributes: {
                    readonly [key: string]: unknown;
                };
                readonly objectId: string;
                readonly objectTypeId: string;
            }[];
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly updatedAt: string;
        };
        readonly PersonChange: {
            /** @description Whether the workspace has applied it already. */
            readonly applied: boolean;
            /** @description Of the event that was appended; explain it with `events/{messageId}`. */
            readonly messageId: string;
            readonly offset: number;
            readonly partition: number;
        };
        readonly PersonSummary: {
            readonly cioId: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly createdAt: string;
            readonly email: string | null;
            readonly id: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly updatedAt: string;
        };
        readonly Rejection: {
            /** @description The status that the client got. */
            readonly answered: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly at: string;
            readonly client: string;
            /** @description Path of the offending field, such as `batch[3].userId`. */
            readonly field: string | null;
            readonly id: number;
            readonly ip: string;
            readonly keyPrefix: string | null;
            /** @description What was wrong, the limit, the remedy. */
            readonly message: string;
            readonly messageId: string | null;
            /** @description Machine-readable, such as `missing_field` or `too_large`. */
            readonly reason: string;
            readonly route: string;
            /** @description Start of the body, keys blanked. */
            readonly sample: string;
            /** @description Bytes of what was rejected. */
            readonly size: number;
            readonly sourceId: string | null;
            /** @description Whether the client was told; otherwise it got a 200. */
            readonly strict: boolean;
        };
        readonly RelatedPerson: {
            readonly attributes: {
                readonly [key: string]: unknown;
            };
            readonly person: components["schemas"]["PersonSummary"];
        };
        readonly Replay: {
            readonly counts: {
                readonly delivered: number;
                /** @description Of other sources, or not matching the replay’s own filter. */
                readonly excluded: number;
                readonly failed: number;
                /** @description Not wanted by any action. */
                readonly filtered: number;
                /** @description Removed by retention before the replay came to them. */
                readonly gone: number;
                /** @description Of a dry run: they would be sent. */
                readonly matching: number;
            };
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly createdAt: string;
            readonly createdBy: string;
            readonly destinationId: string;
            readonly dryRun: boolean;
            readonly endedAt: string | null;
            readonly filter: string | null;
            /** @description The sum of the counts so far. */
            readonly finished: number;
            readonly id: string;
            /** @description Why it does not get on at the moment, or ended early. */
            readonly problem: string | null;
            readonly ratePerSecond: number | null;
            readonly sourceIds: readonly string[] | null;
            /** @enum {string} */
            readonly state: "running" | "paused" | "done" | "cancelled";
            readonly stretches: readonly {
                readonly from: number;
                readonly offset: number;
                readonly partition: number;
                readonly to: number;
            }[];
            /** @description Events in its stretch of the log; the counts come to this in the end. */
            readonly total: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly updatedAt: string;
        };
        readonly ReplayDetail: {
            readonly counts: {
                readonly delivered: number;
                /** @description Of other sources, or not matching the replay’s own filter. */
                readonly excluded: number;
                readonly failed: number;
                /** @description Not wanted by any action. */
                readonly filtered: number;
                /** @description Removed by retention before the replay came to them. */
                readonly gone: number;
                /** @description Of a dry run: they would be sent. */
                readonly matching: number;
            };
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly createdAt: string;
            readonly createdBy: string;
            readonly destinationId: string;
            readonly dryRun: boolean;
            readonly endedAt: string | null;
            readonly filter: string | null;
            /** @description The sum of the counts so far. */
            readonly finished: number;
            readonly id: string;
            /** @description Why it does not get on at the moment, or ended early. */
            readonly problem: string | null;
            readonly ratePerSecond: number | null;
            /** @description Of a dry run: the first events that would be sent, with their requests. */
            readonly samples: readonly {
                readonly actions: readonly {
                    readonly name: string;
                    readonly payload: {
                        readonly [key: string]: unknown;
                    };
                    readonly problem: string | null;
                    readonly requests: readonly {
                        readonly body: string;
                        readonly headers: {
                            readonly [key: string]: string;
                        };
                        readonly method: string;
                        readonly url: string;
                    }[];
                }[];
                readonly messageId: string;
                readonly sourceId: string;
            }[];
            readonly sourceIds: readonly string[] | null;
            /** @enum {string} */
            readonly state: "running" | "paused" | "done" | "cancelled";
            readonly stretches: readonly {
                readonly from: number;
                readonly offset: number;
                readonly partition: number;
                readonly to: number;
            }[];
            /** @description Events in its stretch of the log; the counts come to this in the end. */
            readonly total: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly updatedAt: string;
        };
        readonly ReplayFailure: {
            readonly attempts: number;
            readonly messageId: string;
            readonly offset: number;
            readonly partition: number;
            readonly reason: string;
            readonly request: string | null;
            readonly response: string | null;
            readonly sourceId: string;
        };
        readonly SemanticEvent: {
            /** @description Other names in use. Its own and these are recognised in any capitals and word separators. */
            readonly aliases: readonly string[];
            /** @enum {string} */
            readonly group: "browsing" | "promotions" | "ordering" | "coupons" | "wishlists" | "sharing" | "reviews" | "ab_testing" | "email" | "live_chat" | "mobile" | "video" | "b2b";
            readonly name: string;
            /** @description By name: `type` (text, number, integer, flag, time, list, object), and what else holds for it. */
            readonly properties: {
                readonly [key: string]: unknown;
            };
        };
        readonly SentAttempt: {
            /** @description Id of the action. */
            readonly action: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly at: string;
            readonly attempt: number;
            readonly durationMs: number;
            readonly error: string | null;
            readonly messageId: string | null;
            /** @description Of the event, page or screen. */
            readonly name: string | null;
            readonly offset: number;
            /** @enum {string} */
            readonly outcome: "delivered" | "retry" | "failed";
            readonly partition: number;
            /** @description Start of the request, secrets blanked; of failures only. */
            readonly request: string | null;
            readonly response: string | null;
            /** @description Null, as the next ones, when the event is no longer there. */
            readonly sourceId: string | null;
            readonly status: number | null;
            readonly type: string | null;
            /** @description Of the destination’s configuration. */
            readonly version: number;
        };
        readonly Session: {
            /** @description Where it was last seen from. */
            readonly address: string;
            /** @description User agent at sign-in. */
            readonly client: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly createdAt: string;
            /** @description Whether it is the one that asks. */
            readonly current: boolean;
            readonly email: string;
            readonly id: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly lastSeenAt: string;
            readonly userId: string;
        };
        readonly SkippedBacklog: {
            /** @description Events. */
            readonly skipped: number;
        };
        readonly Source: {
            readonly activity: {
                readonly accepted: number;
                readonly lastAcceptedAt: string | null;
                readonly lastLibrary: string | null;
                readonly lastRejectedAt: string | null;
                /** @description Last time above the soft limit of 3000 requests in 3 s. */
                readonly overRateAt: string | null;
                /** @description Most requests seen in 3 s. */
                readonly peakRate: number;
                readonly rejected: number;
            };
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly createdAt: string;
            /** @description Whether its calls are taken. */
            readonly enabled: boolean;
            /**
             * @description Whose client library it is.
             * @enum {string}
             */
            readonly family: "customerio" | "segment";
            readonly id: string;
            readonly keys: readonly components["schemas"]["Key"][];
            /**
             * @description What sends: decides snippet and settings document.
             * @enum {string}
             */
            readonly kind: "http" | "javascript" | "node" | "python" | "go" | "ruby" | "java" | "ios" | "android" | "reactnative" | "expo" | "flutter";
            /** @description For people. */
            readonly name: string;
            /** @description Whether bad calls are answered 400, as if each carried X-Strict-Mode: 1. */
            readonly strict: boolean;
        };
        /** @description Whether calls arrive, and if not, what is known about why. */
        readonly SourceTest: {
            readonly lastAcceptedAt: string | null;
            readonly lastMessageId: string | null;
            readonly lastRejection: components["schemas"]["Rejection"] | null;
            readonly library: string | null;
            readonly message: string;
            readonly ok: boolean;
            readonly problems: readonly {
                readonly code: string;
                readonly message: string;
                readonly remedy: string;
            }[];
            /** @enum {string} */
            readonly state: "receiving" | "rejecting" | "silent";
        };
        readonly Status: {
            readonly configVersion: number;
            readonly destinations: readonly {
                /** @enum {string} */
                readonly breaker: "closed" | "open" | "probing";
                readonly breakerReason: string | null;
                readonly deadLetters: number;
                readonly enabled: boolean;
                readonly id: string;
                readonly kind: string;
                /** @description Events not yet reached. */
                readonly lag: number;
                /** @description What failed last, also when it works again. */
                readonly lastError: string | null;
                readonly lastErrorAt: string | null;
                readonly lastSuccessAt: string | null;
                /** @description What the latest connection test found; null when there was none with the present settings. */
                readonly lastTest: components["schemas"]["LastDestinationTest"] | null;
                readonly name: string;
                readonly nextProbeAt: string | null;
                /** @description At this moment; null while it is disabled. */
                readonly pace: components["schemas"]["Pace"] | null;
                /** @description Events that wait with a copy of their own. */
                readonly parked: number;
            }[];
            readonly disk: {
                readonly freeBytes: number;
                readonly totalBytes: number;
            } | null;
            readonly log: {
                readonly bytes: number;
                readonly dedup: {
                    /** @description Whether memory, not the window, bounds it. */
                    readonly bounded: boolean;
                    readonly ids: number;
                    readonly memoryBytes: number;
                    /**
                     * Format: date-time
                     * @description What the window covers at present.
                     */
                    readonly since: string;
                    readonly windowMs: number;
                };
                readonly engine: string;
                readonly partitions: readonly {
                    readonly end: number;
                    readonly partition: number;
                    readonly start: number;
                }[];
                /** @description Entries waiting for their commit. */
                readonly queued: number;
                readonly segments: number;
                /** @description Why nothing can be stored at present. */
                readonly unavailable: string | null;
                /** @description What is wrong while storing still works. */
                readonly warning: string | null;
            };
            /** @description Resident memory of the process. */
            readonly memoryBytes: number;
            /** @description LEAT_PRIVATE_DESTINATIONS: whether destinations may point at private or loopback addresses. */
            readonly privateDestinations: boolean;
            /** @description LEAT_PUBLIC_URL; null when the Host of a request counts. */
            readonly publicUrl: string | null;
            /** @enum {string} */
            readonly region: "us" | "eu";
            /** @description Public host of each region that has one, as LEAT_REGION_HOSTS names them. */
            readonly regionHosts: {
                readonly [key: string]: string;
            };
            readonly retention: {
                /** @description Size of the log past which the oldest events go, finished or not. */
                readonly bytes: number;
                /** @description How long the log keeps events that every reader has passed. */
                readonly days: number;
                /** @description How long a disabled destination holds the log for its return. */
                readonly disabledHoldDays: number;
            };
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly startedAt: string;
            readonly uptimeMs: number;
            readonly version: string;
            readonly workspace: {
                readonly cursors: readonly {
                    readonly offset: number;
                    readonly partition: number;
                    readonly start: number;
                }[];
                /** @description Events not yet applied. */
                readonly lag: number;
            };
        };
        readonly StoredEvent: {
            /** @description The canonical event. */
            readonly event: {
                readonly [key: string]: unknown;
            };
            readonly messageId: string;
            readonly offset: number;
            readonly partition: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly receivedAt: string;
            readonly sourceId: string;
        };
        readonly Suppression: {
            /** @enum {string} */
            readonly kind: "id" | "email" | "phone" | "cio_id" | "anonymous_id";
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly since: string;
            readonly value: string;
        };
        readonly TestedEvent: {
            readonly actions: readonly {
                readonly exchanges: readonly components["schemas"]["Exchange"][];
                readonly id: string;
                readonly name: string;
                /** @description Null when nothing was sent. */
                readonly outcome: ("delivered" | "retry" | "failed") | null;
                /** @description What the mapping makes of the event. */
                readonly payload: {
                    readonly [key: string]: unknown;
                };
                /** @description Why nothing is sent, or what the destination minds. */
                readonly problem: string | null;
            }[];
            /** @description The canonical event that was used. */
            readonly event: {
                readonly [key: string]: unknown;
            };
            /** @description What is odd about the event: `reason`, `field`, `message`. It is sent all the same. */
            readonly notes: readonly {
                readonly [key: string]: unknown;
            }[];
            /** @description Whether and why the destination would get it, were it on. */
            readonly route: {
                readonly [key: string]: unknown;
            };
        };
        readonly Token: {
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly createdAt: string;
            readonly id: string;
            readonly name: string;
            /**
             * @description viewer reads everything but secrets, tokens, users and the audit log; editor also changes sources, destinations and people, and may see secret keys again; owner also manages users and tokens
             * @enum {string}
             */
            readonly role: "owner" | "editor" | "viewer";
        };
        readonly TriedTrigger: {
            /** @description Why it cannot be read; null when it can. */
            readonly error: {
                readonly message: string;
                /** @description Where, in UTF-16 units from 0. */
                readonly position: number | null;
            } | null;
            /** @description The latest events that match. */
            readonly items: readonly components["schemas"]["StoredEvent"][];
            /** @description How many of the latest events were looked at. */
            readonly looked: number;
            readonly matched: number;
            /** @description The trigger as data, for editors. */
            readonly tree: {
                readonly [key: string]: unknown;
            } | null;
            /** @description What is lawful but can hardly be meant. */
            readonly warnings: readonly string[];
        };
        readonly UnrecognisedKey: {
            readonly client: string;
            readonly count: number;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly firstAt: string;
            readonly ip: string;
            readonly keyPrefix: string;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly lastAt: string;
            readonly message: string;
            readonly reason: string;
        };
        readonly User: {
            /** @description False until the invited user has chosen a password. */
            readonly active: boolean;
            /**
             * Format: date-time
             * @description ISO 8601, UTC.
             */
            readonly createdAt: string;
            readonly email: string;
            readonly id: string;
            readonly lastSignInAt: string | null;
            readonly name: string;
            /**
             * @description viewer reads everything but secrets, tokens, users and the audit log; editor also changes sources, destinations and people, and may see secret keys again; owner also manages users and tokens
             * @enum {string}
             */
            readonly role: "owner" | "editor" | "viewer";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly listAudit: {
        readonly parameters: {
            readonly query?: {
                /** @description One action, such as `source.create`, or all of a kind, such as `source`. */
                readonly action?: string;
                /** @description Who: an email, or the name of a token. */
                readonly actor?: string;
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description At or after. */
                readonly from?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
                readonly subject?: string;
                /** @description Before. */
                readonly to?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["AuditEntry"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly listAuditTerms: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly actions: readonly string[];
                        readonly actors: readonly string[];
                    };
                };
            };
        };
    };
    readonly listCatalog: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["DestinationKind"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly getCatalogKind: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Its slug. */
                readonly kind: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DestinationKind"];
                };
            };
        };
    };
    readonly suggestActions: {
        readonly parameters: {
            readonly query: {
                /** @description Any name of a semantic event. */
                readonly event: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description Its slug. */
                readonly kind: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MappingSuggestions"];
                };
            };
        };
    };
    readonly listCatalogSummary: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["DestinationKindSummary"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly listContentReports: {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                readonly contentId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["ContentReport"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly listDeliveryMetrics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly deliveryId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["DeliveryMetric"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly listDestinations: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Destination"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly createDestination: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly actions?: readonly {
                        /** @default true */
                        readonly enabled?: boolean;
                        /** @description Keeps the identity of an action that exists. */
                        readonly id?: string;
                        /** @description Slug of one of the kind’s actions. */
                        readonly kind: string;
                        /** @description Mapping directives; the kind’s default when left out. */
                        readonly mapping?: {
                            readonly [key: string]: unknown;
                        };
                        readonly name?: string;
                        /** @description FQL; the kind’s default when left out. */
                        readonly trigger?: string;
                    }[];
                    /**
                     * @description Whether it is sent to. A disabled one keeps its place in the log.
                     * @default true
                     */
                    readonly enabled?: boolean;
                    /** @description Slug of a kind in the catalogue. */
                    readonly kind: string;
                    /** @description For people; the kind’s name by default. */
                    readonly name?: string;
                    /**
                     * @description As the kind describes them in the catalogue. Secrets are answered as bullets; sent back like that, they keep their stored value.
                     * @default {}
                     */
                    readonly settings?: {
                        readonly [key: string]: unknown;
                    };
                    /**
                     * @description Sources it takes events from; null takes all.
                     * @default null
                     */
                    readonly sourceIds?: readonly string[] | null;
                    /**
                     * @description With what comes next, or with all that the log still holds.
                     * @default now
                     * @enum {string}
                     */
                    readonly startFrom?: "now" | "beginning";
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Made. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Destination"];
                };
            };
        };
    };
    readonly getDestination: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Destination"];
                };
            };
        };
    };
    readonly deleteDestination: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly updateDestination: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Whether it is sent to. A disabled one keeps its place in the log. */
                    readonly enabled?: boolean;
                    readonly name?: string;
                    /** @description As the kind describes them in the catalogue. Secrets are answered as bullets; sent back like that, they keep their stored value. */
                    readonly settings?: {
                        readonly [key: string]: unknown;
                    };
                    /** @description Sources it takes events from; null takes all. */
                    readonly sourceIds?: readonly string[] | null;
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Destination"];
                };
            };
        };
    };
    readonly listActions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Action"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly setActions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly actions: readonly {
                        /** @default true */
                        readonly enabled?: boolean;
                        /** @description Keeps the identity of an action that exists. */
                        readonly id?: string;
                        /** @description Slug of one of the kind’s actions. */
                        readonly kind: string;
                        /** @description Mapping directives; the kind’s default when left out. */
                        readonly mapping?: {
                            readonly [key: string]: unknown;
                        };
                        readonly name?: string;
                        /** @description FQL; the kind’s default when left out. */
                        readonly trigger?: string;
                    }[];
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Action"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly listAttempts: {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
                readonly outcome?: "delivered" | "retry" | "failed";
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["SentAttempt"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly listDeadLetters: {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Given up at or after. */
                readonly from?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
                readonly messageId?: string;
                /** @description Part of the reason or of what the receiver said to the last try, whatever its letter case. */
                readonly reason?: string;
                /** @description Only of this source, by id. */
                readonly source?: string;
                /** @description Given up before. */
                readonly to?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["DeadLetter"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                        /** @description How many there are in all; told with the first page only. */
                        readonly total: number | null;
                    };
                };
            };
        };
    };
    readonly getDeadLetter: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
                /** @description Id of the dead letter. */
                readonly letter: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DeadLetterDetail"];
                };
            };
        };
    };
    readonly editDeadLetter: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
                /** @description Id of the dead letter. */
                readonly letter: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description The whole event, as it should be sent. */
                    readonly event: {
                        readonly [key: string]: unknown;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DeadLetter"];
                };
            };
        };
    };
    readonly discardDeadLetters: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Those that have all of this in common. */
                    readonly filter?: {
                        /**
                         * Format: date-time
                         * @description Given up at or after.
                         */
                        readonly from?: string;
                        readonly messageId?: string;
                        /** @description Part of the reason or of what the receiver said to the last try, whatever its letter case. */
                        readonly reason?: string;
                        /** @description Only of this source, by id. */
                        readonly source?: string;
                        /**
                         * Format: date-time
                         * @description Given up before.
                         */
                        readonly to?: string;
                    };
                    readonly ids?: readonly number[] | "all";
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description How many it concerned. */
                        readonly count: number;
                    };
                };
            };
        };
    };
    readonly retryDeadLetters: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Those that have all of this in common. */
                    readonly filter?: {
                        /**
                         * Format: date-time
                         * @description Given up at or after.
                         */
                        readonly from?: string;
                        readonly messageId?: string;
                        /** @description Part of the reason or of what the receiver said to the last try, whatever its letter case. */
                        readonly reason?: string;
                        /** @description Only of this source, by id. */
                        readonly source?: string;
                        /**
                         * Format: date-time
                         * @description Given up before.
                         */
                        readonly to?: string;
                    };
                    readonly ids?: readonly number[] | "all";
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description How many it concerned. */
                        readonly count: number;
                    };
                };
            };
        };
    };
    readonly listReplays: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Replay"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly startReplay: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * @description Counts what would be sent, keeps a few events with their requests, and sends nothing.
                     * @default false
                     */
                    readonly dryRun?: boolean;
                    /**
                     * @description FQL; only events that match.
                     * @default null
                     */
                    readonly filter?: string | null;
                    /**
                     * @description Received at or after.
                     * @default null
                     */
                    readonly from?: string | null;
                    /**
                     * @description From this offset on.
                     * @default null
                     */
                    readonly fromOffset?: number | null;
                    /**
                     * @description Most events a second; null for as fast as the destination takes them.
                     * @default null
                     */
                    readonly ratePerSecond?: number | null;
                    /**
                     * @description Only of these sources.
                     * @default null
                     */
                    readonly sourceIds?: readonly string[] | null;
                    /**
                     * @description Received before.
                     * @default null
                     */
                    readonly to?: string | null;
                    /**
                     * @description Up to this offset, which is not part of it.
                     * @default null
                     */
                    readonly toOffset?: number | null;
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Made. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReplayDetail"];
                };
            };
        };
    };
    readonly getReplay: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
                /** @description Id of the replay. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReplayDetail"];
                };
            };
        };
    };
    readonly cancelReplay: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
                /** @description Id of the replay. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReplayDetail"];
                };
            };
        };
    };
    readonly listReplayFailures: {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
                /** @description Id of the replay. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["ReplayFailure"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly pauseReplay: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
                /** @description Id of the replay. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReplayDetail"];
                };
            };
        };
    };
    readonly resumeReplay: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
                /** @description Id of the replay. */
                readonly run: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReplayDetail"];
                };
            };
        };
    };
    readonly skipBacklog: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SkippedBacklog"];
                };
            };
        };
    };
    readonly testDestination: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DestinationTest"];
                };
            };
        };
    };
    readonly sendTestEvent: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the destination. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Id of one action, carried out whether its trigger matches or not. Else every one that matches. */
                    readonly action?: string;
                    /** @description Instead of the destination’s own, which stay as they are: to try a trigger or mapping before it is stored. */
                    readonly actions?: readonly {
                        /** @default true */
                        readonly enabled?: boolean;
                        /** @description Keeps the identity of an action that exists. */
                        readonly id?: string;
                        /** @description Slug of one of the kind’s actions. */
                        readonly kind: string;
                        /** @description Mapping directives; the kind’s default when left out. */
                        readonly mapping?: {
                            readonly [key: string]: unknown;
                        };
                        readonly name?: string;
                        /** @description FQL; the kind’s default when left out. */
                        readonly trigger?: string;
                    }[];
                    /**
                     * @description Shows the requests and sends nothing.
                     * @default false
                     */
                    readonly dryRun?: boolean;
                    /** @description A call as a client would send it, with its type. */
                    readonly event?: {
                        readonly [key: string]: unknown;
                    };
                    /** @description A stored event. */
                    readonly messageId?: string;
                    /** @description Id of the source: which of several events with this messageId, or where a typed one is to come from. */
                    readonly source?: string;
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TestedEvent"];
                };
            };
        };
    };
    readonly listEvents: {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Received at or after; not with `live`. */
                readonly from?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
                /** @description 1 streams new events as server-sent events. */
                readonly live?: "0" | "1" | "true" | "false";
                /** @description Only with this event, page or screen name. */
                readonly name?: string;
                /** @description Only of this source, by id. */
                readonly source?: string;
                /** @description Received before; not with `live`. */
                readonly to?: string;
                /** @description Only of this type. */
                readonly type?: "identify" | "track" | "page" | "screen" | "group" | "alias";
                /** @description Only with this userId or anonymousId. */
                readonly user?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["StoredEvent"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                    readonly "text/event-stream": string;
                };
            };
        };
    };
    readonly explainEvent: {
        readonly parameters: {
            readonly query?: {
                readonly source?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly messageId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Explanation"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                        readonly rejections: readonly components["schemas"]["Rejection"][];
                    };
                };
            };
        };
    };
    readonly getLedger: {
        readonly parameters: {
            readonly query?: {
                readonly by?: "total" | "minute";
                readonly destination?: string;
                /** @description Received at or after; cut to the minute. */
                readonly from?: string;
                readonly source?: string;
                /** @description Received before; cut to the minute. */
                readonly to?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description Whether the whole ledger balances, window or not. */
                        readonly balanced: boolean;
                        readonly items: readonly components["schemas"]["LedgerLine"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly getActionLedger: {
        readonly parameters: {
            readonly query?: {
                readonly by?: "total" | "minute";
                readonly destination?: string;
                /** @description Received at or after; cut to the minute. */
                readonly from?: string;
                /** @description Received before; cut to the minute. */
                readonly to?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["ActionLedgerLine"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly listLedgerEvents: {
        readonly parameters: {
            readonly query: {
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Id of the destination. */
                readonly destination: string;
                /** @description Received at or after. */
                readonly from?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
                readonly outcome: "delivered" | "filtered" | "discarded" | "failed" | "pending";
                /** @description Only discarded or filtered for this reason. */
                readonly reason?: string;
                /** @description Only of this source, by id. */
                readonly source?: string;
                /** @description Received before. */
                readonly to?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["EventOutcome"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly getCaller: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Caller"];
                };
            };
        };
    };
    readonly nameObjectType: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Object type, such as "1". */
                readonly typeId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly name: string | null;
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ObjectType"];
                };
            };
        };
    };
    readonly listObjectTypes: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["ObjectType"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly listObjects: {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                /** @description Object type, such as "1". */
                readonly typeId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Object"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly getObject: {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the object; percent-encoded. */
                readonly objectId: string;
                /** @description Object type, such as "1". */
                readonly typeId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ObjectWithPeople"];
                };
            };
        };
    };
    readonly getOverview: {
        readonly parameters: {
            readonly query?: {
                /** @description Received at or after. */
                readonly from?: string;
                /** @description Received before; now when left out. */
                readonly to?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Overview"];
                };
            };
        };
    };
    readonly searchPeople: {
        readonly parameters: {
            readonly query?: {
                /** @description Instead of `query`: who has this attribute. */
                readonly attribute?: string;
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
                /** @description Beginning of an id or email; empty lists the latest. */
                readonly query?: string;
                /** @description With this value, as text, whatever its letter case. */
                readonly value?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["PersonSummary"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                        /** @description People looked at, when that is what ended the page; pass `next` to search further. */
                        readonly scanned: number | null;
                    };
                };
            };
        };
    };
    readonly getPerson: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description id, email, `cio_…`, phone or anonymous id; percent-encoded. */
                readonly identifier: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Person"];
                };
            };
        };
    };
    readonly deletePerson: {
        readonly parameters: {
            readonly query?: {
                /** @description How long to wait for the workspace to apply the change, ms. */
                readonly wait?: number;
            };
            readonly header?: never;
            readonly path: {
                /** @description id, email, `cio_…`, phone or anonymous id; percent-encoded. */
                readonly identifier: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Appended to the log; the workspace applies it in order. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PersonChange"];
                };
            };
        };
    };
    readonly updatePerson: {
        readonly parameters: {
            readonly query?: {
                /** @description How long to wait for the workspace to apply the change, ms. */
                readonly wait?: number;
            };
            readonly header?: never;
            readonly path: {
                /** @description id, email, `cio_…`, phone or anonymous id; percent-encoded. */
                readonly identifier: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly attributes: {
                        readonly [key: string]: unknown;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Appended to the log; the workspace applies it in order. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PersonChange"];
                };
            };
        };
    };
    readonly listPersonDeliveryMetrics: {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                /** @description id, email, `cio_…`, phone or anonymous id; percent-encoded. */
                readonly identifier: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["DeliveryMetric"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                        /** @description Reports looked at, when that is what ended the page; pass `next` to look further. */
                        readonly scanned: number | null;
                    };
                };
            };
        };
    };
    readonly listPersonEvents: {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                /** @description id, email, `cio_…`, phone or anonymous id; percent-encoded. */
                readonly identifier: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Activity"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly listAttributeOrigins: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description id, email, `cio_…`, phone or anonymous id; percent-encoded. */
                readonly identifier: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["AttributeOrigin"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly suppressPerson: {
        readonly parameters: {
            readonly query?: {
                /** @description How long to wait for the workspace to apply the change, ms. */
                readonly wait?: number;
            };
            readonly header?: never;
            readonly path: {
                /** @description id, email, `cio_…`, phone or anonymous id; percent-encoded. */
                readonly identifier: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Appended to the log; the workspace applies it in order. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PersonChange"];
                };
            };
        };
    };
    readonly unsuppressPerson: {
        readonly parameters: {
            readonly query?: {
                /** @description How long to wait for the workspace to apply the change, ms. */
                readonly wait?: number;
            };
            readonly header?: never;
            readonly path: {
                /** @description id, email, `cio_…`, phone or anonymous id; percent-encoded. */
                readonly identifier: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Appended to the log; the workspace applies it in order. */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PersonChange"];
                };
            };
        };
    };
    readonly listSemanticEvents: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["SemanticEvent"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly listOddEvents: {
        readonly parameters: {
            readonly query?: {
                /** @description How many of the latest events. */
                readonly events?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OddEvents"];
                };
            };
        };
    };
    readonly getSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CurrentSession"];
                };
            };
        };
    };
    readonly signIn: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Case does not matter. */
                    readonly email: string;
                    readonly password: string;
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CurrentSession"];
                };
            };
        };
    };
    readonly signOut: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly listSessions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Session"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly endOtherSessions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly ended: number;
                    };
                };
            };
        };
    };
    readonly endSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the session. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly setUp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Case does not matter. */
                    readonly email?: string;
                    readonly name?: string;
                    readonly password: string;
                    /** @description `token` of the link. */
                    readonly token: string;
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CurrentSession"];
                };
            };
        };
    };
    readonly checkLink: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description `token` of the link. */
                    readonly token: string;
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LinkPurpose"];
                };
            };
        };
    };
    readonly createOwnerLink: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Made. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AccountLink"];
                };
            };
        };
    };
    readonly listSources: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Source"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly createSource: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * @description Whether its calls are taken.
                     * @default true
                     */
                    readonly enabled?: boolean;
                    /**
                     * @description Whose client library it is.
                     * @default customerio
                     * @enum {string}
                     */
                    readonly family?: "customerio" | "segment";
                    /** @description A key brought along, 16 to 256 printable characters. */
                    readonly key?: string;
                    /**
                     * @description Class of the key to make.
                     * @default public
                     * @enum {string}
                     */
                    readonly keyClass?: "public" | "secret";
                    /**
                     * @description What sends: decides snippet and settings document.
                     * @default http
                     * @enum {string}
                     */
                    readonly kind?: "http" | "javascript" | "node" | "python" | "go" | "ruby" | "java" | "ios" | "android" | "reactnative" | "expo" | "flutter";
                    /** @description For people. */
                    readonly name: string;
                    /**
                     * @description Whether bad calls are answered 400, as if each carried X-Strict-Mode: 1.
                     * @default false
                     */
                    readonly strict?: boolean;
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Made. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Source"];
                };
            };
        };
    };
    readonly getSource: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the source. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Source"];
                };
            };
        };
    };
    readonly deleteSource: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the source. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly updateSource: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the source. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Whether its calls are taken. */
                    readonly enabled?: boolean;
                    /**
                     * @description Whose client library it is.
                     * @enum {string}
                     */
                    readonly family?: "customerio" | "segment";
                    /**
                     * @description What sends: decides snippet and settings document.
                     * @enum {string}
                     */
                    readonly kind?: "http" | "javascript" | "node" | "python" | "go" | "ruby" | "java" | "ios" | "android" | "reactnative" | "expo" | "flutter";
                    /** @description For people. */
                    readonly name?: string;
                    /** @description Whether bad calls are answered 400, as if each carried X-Strict-Mode: 1. */
                    readonly strict?: boolean;
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Source"];
                };
            };
        };
    };
    readonly listKeys: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the source. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Key"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly createKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the source. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * @description Class of the key to make.
                     * @default public
                     * @enum {string}
                     */
                    readonly class?: "public" | "secret";
                    /** @description A key brought along, 16 to 256 printable characters. */
                    readonly key?: string;
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Made. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Key"];
                };
            };
        };
    };
    readonly revokeKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the source. */
                readonly id: string;
                /** @description Id of the key. */
                readonly keyId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Key"];
                };
            };
        };
    };
    readonly revealKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the source. */
                readonly id: string;
                /** @description Id of the key. */
                readonly keyId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Key"];
                };
            };
        };
    };
    readonly rotateKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the source. */
                readonly id: string;
                /** @description Id of the key. */
                readonly keyId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @default false */
                    readonly revoke?: boolean;
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Made. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Key"];
                };
            };
        };
    };
    readonly listRejections: {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
                /** @description Only those of this reason. */
                readonly reason?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description Id of the source. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description By reason, of all time. */
                        readonly counts: {
                            readonly [key: string]: number;
                        };
                        readonly items: readonly components["schemas"]["Rejection"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly testSource: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the source. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SourceTest"];
                };
            };
        };
    };
    readonly getStatus: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Status"];
                };
            };
        };
    };
    readonly listSuppressions: {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Suppression"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly listTokens: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Token"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly createToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly name: string;
                    /**
                     * @description viewer reads everything but secrets, tokens, users and the audit log; editor also changes sources, destinations and people, and may see secret keys again; owner also manages users and tokens
                     * @enum {string}
                     */
                    readonly role: "owner" | "editor" | "viewer";
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Made. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["NewToken"];
                };
            };
        };
    };
    readonly deleteToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the token. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly tryTrigger: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * @description How many of the latest events.
                     * @default 1000
                     */
                    readonly events?: number;
                    /**
                     * @description Only of these sources.
                     * @default null
                     */
                    readonly sourceIds?: readonly string[] | null;
                    /** @description FQL. */
                    readonly trigger: string;
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TriedTrigger"];
                };
            };
        };
    };
    readonly listUnrecognisedKeys: {
        readonly parameters: {
            readonly query?: {
                /** @description Most items of the page. */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["UnrecognisedKey"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly listUnrecognisedRejections: {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before. */
                readonly cursor?: string;
                /** @description Most items of the page. */
                readonly limit?: number;
                /** @description Only those of this reason. */
                readonly reason?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description By reason, of all time. */
                        readonly counts: {
                            readonly [key: string]: number;
                        };
                        readonly items: readonly components["schemas"]["Rejection"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly listUsers: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["User"][];
                        /** @description Pass as `cursor` to continue; null at the end. */
                        readonly next: string | null;
                    };
                };
            };
        };
    };
    readonly inviteUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Case does not matter. */
                    readonly email: string;
                    readonly name?: string;
                    /**
                     * @description viewer reads everything but secrets, tokens, users and the audit log; editor also changes sources, destinations and people, and may see secret keys again; owner also manages users and tokens
                     * @enum {string}
                     */
                    readonly role: "owner" | "editor" | "viewer";
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Made. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Invitation"];
                };
            };
        };
    };
    readonly deleteUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the user. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly updateUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the user. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly name?: string;
                    /**
                     * @description viewer reads everything but secrets, tokens, users and the audit log; editor also changes sources, destinations and people, and may see secret keys again; owner also manages users and tokens
                     * @enum {string}
                     */
                    readonly role?: "owner" | "editor" | "viewer";
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As asked. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    readonly createUserLink: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Id of the user. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Made. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AccountLink"];
                };
            };
        };
    };
    readonly changePassword: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly current: string;
                    readonly password: string;
                };
            };
        };
        readonly responses: {
            /** @description Refused; the body says why and what to do. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server could not do it; the body says whether trying again helps. */
            readonly "5XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
