using System.Globalization;

namespace Baton.Incidents.Triaging;

/// <summary>
/// The order in which somebody looks who knows it well: denials, breakers, appropriateness, what was changed, the
/// machine.
/// The first cause ends it. Pure.
/// </summary>
internal static class TriageChain
{
    private const int MostDenials = 5;

    private const double SlowTimes = 4, ClockSeconds = 30, DiskFull = 0.97, OutboxSeconds = 900;

    private static readonly string[] Names =
        ["denials", "breakers", "appropriateness", .. Changes.Kinds.Select(k => $"changes.{k}"), "machine"];

    public static TriageResult Decide(TriageFacts facts)
    {
        List<TriageCheck> checks = [];
        foreach (var check in All(facts))
        {
            checks.Add(check);
            if (check.Severity == CheckSeverity.Critical) break;
        }
        foreach (var name in Names[checks.Count..])
            checks.Add(new TriageCheck(name, CheckSeverity.Skipped, "not looked at: the cause is found"));
        return new TriageResult(facts.At, checks,
            checks.Any(c => c.Severity == CheckSeverity.Critical) ? [] : Next(facts, checks));
    }

    private static IEnumerable<TriageCheck> All(TriageFacts facts)
    {
        yield return Denials(facts);
        yield return Breakers(facts);
        yield return Appropriateness(facts);
        foreach (var kind in Changes.Kinds) yield return Changed(facts, kind);
        yield return Machine(facts);
    }

    private static TriageCheck Denials(TriageFacts facts)
    {
        var (name, found) = (Names[0], Say(
            $"{facts.Denied.Count} tool calls denied in 30 minutes{Usual(facts.Denied)}{List(facts.DeniedBy)}"));
        return facts.Denied.Count >= MostDenials && facts.Denied.IsRisen
            ? new TriageCheck(name, CheckSeverity.Critical, found)
            {
                Cause = "injection_or_stolen_agent", Action = TriageAction.KillSwitch,
                Advice = "Nothing was done, all of it was denied. Stop automation, read the tickets behind it on the page "
                    + "Tools, block the senders, then let it go on.",
            }
            : facts.Denied.Count >= MostDenials ? new TriageCheck(name, CheckSeverity.Warning, found)
            : new TriageCheck(name, CheckSeverity.Ok, found) { RulesOut = "nobody tries what agents may not do" };
    }

    private static TriageCheck Breakers(TriageFacts facts)
    {
        var name = Names[1];
        var rush = facts.Tickets.IsRisen
            ? Say($" Customers write more than usual, too: {facts.Tickets.Count} tickets{Usual(facts.Tickets)}; that follows from it or is a rush of its own.") : "";
        if (facts.Open.Count > 0)
            return new TriageCheck(name, CheckSeverity.Critical, Say(
                $"left alone because it failed too often: {string.Join(", ", facts.Open)}; {facts.Failures.Count} fallbacks and failed stages in 30 minutes{Usual(facts.Failures)}.{rush}"))
            {
                Cause = facts.Open.Any(IsModel) ? "provider_down" : "system_down", Action = TriageAction.HandToPerson,
                Target = string.Join(", ", facts.Open),
                Advice = "It is tried again by itself every minute. Until then its tickets go to people: tell them, and "
                    + "whoever runs it.",
            };
        var slow = facts.Slow.Where(s => s.Value > SlowTimes).OrderByDescending(s => s.Value).ToList();
        if (slow.Count > 0)
            return new TriageCheck(name, CheckSeverity.Critical, Say(
                $"no breaker is open, but {slow[0].Key} takes {slow[0].Value:0.#} times as long as usual.{rush}"))
            {
                Cause = "system_slow", Action = TriageAction.HandToPerson, Target = slow[0].Key,
                Advice = "Turns that need it run out of time and go to people. Ask whoever runs it; give it to people "
                    + "wholly while it is so.",
            };
        return new TriageCheck(name, facts.Failures.IsRisen ? CheckSeverity.Warning : CheckSeverity.Ok, Say(
            $"no breaker is open, no system is slow; {facts.Failures.Count} fallbacks and failed stages in 30 minutes{Usual(facts.Failures)}"))
        {
            RulesOut = "no provider and no system behind tools is down",
        };
    }

    /// <summary>A judge that no person agrees with has drifted; where both fall, decisions have become worse.</summary>
    private static TriageCheck Appropriateness(TriageFacts facts)
    {
        var found = Say(
            $"second opinions that differ: {facts.JudgeDiffers}; corrected by people: {facts.PeopleCorrect}; called bad: {facts.CalledBad}");
        var (judge, people) = (facts.JudgeDiffers.IsRisen, facts.PeopleCorrect.IsRisen || facts.CalledBad.IsRisen);
        var (name, explained) = (Names[2], Enumerable.Range(0, facts.Changes.Count).Any(i => IsCause(facts, i)));
        if (judge && !people && !explained)
            return new TriageCheck(name, CheckSeverity.Critical, found)
            {
                Cause = "judge_drifted", Action = TriageAction.HandToPerson, Target = "judge",
                Advice = "People find the decisions as good as before, so it is the judge that changed: hold it against labelled "
                    + "tickets (baton eval calibrate), and let roll-outs wait.",
            };
        if (people && !explained)
            return new TriageCheck(name, CheckSeverity.Critical, found)
            {
                Cause = "decisions_worse", Action = TriageAction.HandToPerson,
                Advice = "Decisions have become worse and nothing was changed: customers ask for something new. Give the "
                    + "intents in question to people, and look at the knowledge gaps.",
            };
        return new TriageCheck(name, judge || people ? CheckSeverity.Warning : CheckSeverity.Ok, found)
        {
            RulesOut = judge || people ? null : "decisions are as good as before, as far as anybody has seen them",
        };
    }

    private static TriageCheck Changed(TriageFacts facts, string kind)
    {
        var name = $"changes.{kind}";
        TriageCheck? fine = null;
        for (var i = 0; i < facts.Changes.Count; i++)
        {
            var change = facts.Changes[i];
            if (change.Kind != kind) continue;
            var since = i < facts.SinceChange.Count ? facts.SinceChange[i] : default;
            var found = Say(
                $"{change.What}, by {change.By} at {change.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC; since then handed over {since.Escalated}, unsure {since.Unsure}, {since.Failed.Count} stages failed");
            if (!IsCause(facts, i))
            {
                // An older one may be the cause; where nothing was decided since, nothing is ruled out.
                fine ??= new TriageCheck(name, CheckSeverity.Ok, found)
                {
                    RulesOut = since.Escalated.Of == 0 ? null : $"since the change of {kind} decisions are as before",
                };
                continue;
            }
            return new TriageCheck(name, CheckSeverity.Critical, found)
            {
                Cause = kind == Changes.Deployment ? "deployment" : $"bad_{kind}", Action = TriageAction.Rollback,
                Target = change.Previous,
                Advice = kind switch
                {
                    Changes.Deployment when !facts.Changes.Any(c => c.Kind == Changes.Rollout) =>
                        "A new build took over all conversations at once, without a roll-out in steps. Put the build of "
                        + "before into place again; Baton cannot do that itself.",
                    Changes.Deployment => "Put the build of before into place again; Baton cannot do that itself.",
                    Changes.Rollout => "Stop the roll-out: baton rollout stop.",
                    _ => "Put the version of before into force; its candidate can be tried on past tickets in peace.",
                },
            };
        }
        return fine ?? new TriageCheck(name, CheckSeverity.Ok, "nothing was changed in 24 hours")
        {
            RulesOut = $"no change of {kind}",
        };
    }

    /// <summary>Whether it got worse with that change; the newest that explains it is the one.</summary>
    private static bool IsCause(TriageFacts facts, int place) =>
        Changes.Kinds.Contains(facts.Changes[place].Kind) && place < facts.SinceChange.Count
        && facts.SinceChange[place].IsWorse
        && !Enumerable.Range(0, place).Any(newer => IsCause(facts, newer));

    private static TriageCheck Machine(TriageFacts facts)
    {
        var (name, found) = (Names[^1], Say(
            $"clock off by {facts.ClockOff:0} s, disk {facts.DiskUsed:0%} full, {facts.LedgerFaults:0} faults in the ledger, oldest text waits {facts.OutboxAge:0} s"));
        TriageCheck Critical(string cause, TriageAction action, string advice) =>
            new(name, CheckSeverity.Critical, found) { Cause = cause, Action = action, Advice = advice };
        if (facts.ClockOff > ClockSeconds)
            return Critical("clock_wrong", TriageAction.HandToPerson,
                "Promises, clocks of service levels and timers follow a wrong time. Set the clock (timedatectl set-ntp true), "
                + "then look at the breaches of this time: they may be none.");
        if (facts.LedgerFaults > 0)
            return Critical("ledger_not_whole", TriageAction.KillSwitch,
                "Somebody or something changed the record. Stop automation, keep a copy of the database, then baton ledger verify.");
        if (facts.DiskUsed > DiskFull)
            return Critical("disk_full", TriageAction.KillSwitch,
                "Make room before writes fail; nothing is accepted that cannot be kept.");
        if (facts.OutboxAge > OutboxSeconds)
            return Critical("delivery_stuck", TriageAction.HandToPerson,
                "Answers do not leave. See baton channels list and baton jobs list.");
        return new TriageCheck(name, CheckSeverity.Ok, found) { RulesOut = "clock, disk, ledger and delivery are well" };
    }

    /// <summary>The three things that are least as usual.</summary>
    private static List<string> Next(TriageFacts facts, List<TriageCheck> checks)
    {
        List<string> next = [.. checks.Where(c => c.Severity == CheckSeverity.Warning).Select(c => $"{c.Name}: {c.Evidence}")];
        if (facts.Tickets.IsRisen)
            next.Add(Say($"customers write more than usual: {facts.Tickets.Count} tickets in 30 minutes{Usual(facts.Tickets)}; read five of them"));
        if (facts.Intents.Count > 0)
            next.Add(Say($"what is handed over most: {facts.Intents[0].Intent}, {facts.Intents[0].Times} times in 30 minutes; see Insights, escalations by intent"));
        next.AddRange(facts.Alerts);
        next.AddRange([
            "Insights: routes by day, and the review list of the last day",
            "the newest tickets that were handed over, their traces in the console",
            "baton jobs list, and the logs of every process"]);
        return [.. next.Distinct().Take(3)];
    }

    private static string Usual(CountFact fact) =>
        fact.Usual is { } usual ? Say($" ({usual:0.#} are usual)") : " (what is usual is not known yet)";

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? ""
        : $": {string.Join("; ", names.Take(5))}";

    /// <summary>Breakers of models are called provider/model, those of systems after their host.</summary>
    private static bool IsModel(string name) => name.Contains('/', StringComparison.Ordinal);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
