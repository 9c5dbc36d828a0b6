using Baton.Playbooks;
using Baton.Testing;

namespace Baton.Tests.Playbooks;

/// <summary>Values in the wrong unit or the wrong place: each is a load error with its line and a fix.</summary>
public sealed class UnitSlipTests
{
    private const string Main = "playbook.yaml";
    private const string Queues = "queues.yaml";
    private const string Escalation = "escalation.yaml";

    [Theory]
    [InlineData("triage_confidence: 70", "is 70, out of range; write a number from 0 to 1; for 70 % write 0.7")]
    [InlineData("decision_confidence: 80", "for 80 % write 0.8")]
    [InlineData("answer_relevance: 100", "for 100 % write 1")]
    [InlineData("tone_confidence: 7", "for 7 % write 0.07")]
    [InlineData("draft_confidence: 70%", "found the text '70%'")]
    [InlineData("complexity_confidence: 0,7", "found the text '0,7'")]
    [InlineData("triage_confidence: -0.7", "out of range")]
    [InlineData("triage_confidence: 170", "out of range; write a number from 0 to 1")]
    public void Thresholds_are_shares(string threshold, string hint) => Reported(
        new PlaybookFiles().Replace(Main, "triage_confidence: 0.70", threshold), Main, 15, hint);

    [Theory]
    [InlineData("waiting_text_every: 4", "must be a duration")]
    [InlineData("waiting_text_every: 4 hours", "must be a duration")]
    [InlineData("waiting_text_every: 4H", "must be a duration")]
    [InlineData("waiting_text_every: 1.5h", "must be a duration")]
    [InlineData("waiting_text_every: -4h", "must be a duration")]
    [InlineData("assume_resolved_after: 72", "write it like 'assume_resolved_after: 30m'")]
    [InlineData("assume_resolved_after: \"72:00\"", "must be a duration")]
    [InlineData("message_characters: 20k", "must be a number")]
    [InlineData("turns_per_conversation: 2h", "must be a number")]
    [InlineData("second_opinion_share: 2", "for 2 % write 0.02")]
    public void Limits_have_their_unit(string limit, string hint) => Reported(
        new PlaybookFiles().Replace(Main, "thresholds:", $"limits:\n  {limit}\nthresholds:"), Main, 15, hint);

    [Theory]
    [InlineData("08:00-25:00")]
    [InlineData("08:00-24:30")]
    [InlineData("24:00-25:00")]
    [InlineData("8:00-18:00")]
    [InlineData("08.00-18.00")]
    [InlineData("8am-6pm")]
    [InlineData("08:00-18:60")]
    [InlineData("08:00 - 18:00h")]
    public void Hours_are_clock_times_of_one_day(string hours) => Reported(
        new PlaybookFiles().Replace(Queues, "08:00-18:00", hours), Queues, 6, "write it like \"08:00-18:00\"");

    [Theory]
    [InlineData("first_reply: 8h", "first_reply: 8", "must be a duration")]
    [InlineData("resolution: 3d", "resolution: 3 days", "must be a duration")]
    [InlineData("resolution: 3d", "resolution: 900d", "out of range; write a duration from 1m to 366d")]
    [InlineData("hours: business", "hours: 8h", "cannot be '8h'")]
    [InlineData("hours: business", "hour: business", "did you mean 'hours'?")]
    public void Targets_are_durations(string old, string @new, string hint) => Reported(
        new PlaybookFiles().Replace(Queues, old, @new), Queues, 19, hint);

    [Theory]
    [InlineData("{ priority: high }", "are never applied; add a route, for example 'route: l1'")]
    [InlineData("{ queue: l1 }", "are never applied")]
    [InlineData("{ queue: l1, priority: low }", "are never applied")]
    [InlineData("{ regulated: true, priority: low }", "are never applied")]
    [InlineData("{ route: l1, priority: 2 }", "'priority' cannot be '2'")]
    [InlineData("{ route: l1, tier: enterprise }", "unknown field 'tier'")]
    [InlineData("{ routes: l1 }", "did you mean 'route'?")]
    [InlineData("l1", "expected fields such as")]
    public void Rules_say_where_the_turn_goes(string then, string hint) => Reported(
        new PlaybookFiles().Replace(Escalation, "{ route: l2, priority: urgent }", then), Escalation, 6, hint);

    [Theory]
    [InlineData("{ route: auto }", "cannot choose 'auto'; write l1, l2, l3 or human_now")]
    [InlineData("{ route: ask, priority: low }", "cannot choose 'ask'")]
    public void Skip_rules_go_to_people(string then, string hint) => Reported(
        new PlaybookFiles().Replace(Main, "then: { route: l1 }", $"then: {then}"), Main, 26, hint);

    [Theory]
    [InlineData("urgency_weight: 45", "for 45 % write 0.45")]
    [InlineData("l2_from: 60", "out of range; write a number from 0 to 10")]
    [InlineData("priority_from_urgency: { high: 60 }", "out of range; write a number from")]
    public void Routing_is_on_its_scales(string routing, string hint) => Reported(
        new PlaybookFiles().Replace(Escalation, "routing:", $"routing:\n  {routing}"), Escalation, 11, hint);

    private static void Reported(PlaybookFiles files, string file, int line, string hint)
    {
        var problems = Assert.IsType<LoadedPlaybook.Invalid>(files.Load()).Problems;

        Assert.Contains(problems, p =>
            p.File == file && p.Line == line && p.Message.Contains(hint, StringComparison.Ordinal));
    }
}
