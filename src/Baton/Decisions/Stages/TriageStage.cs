using Baton.Conversations.Findings;
using Baton.Customers;
using Baton.Decisions.Asking;
using Baton.Decisions.Turns;
using Baton.Escalation.Triggers;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Playbooks.Rules;
using Baton.Triage;

namespace Baton.Decisions.Stages;

/// <summary>
/// What is it about (agent 1): rules and exact answers first, then the local classifier, then models where it is
/// unsure.
/// </summary>
internal sealed class TriageStage(ModelAsker models) : Stage<TriageReading>
{
    public override string Name => StageNames.Triage;

    /// <summary>While a model reads the intent, tone and complexity need not wait: they do not ask for it.</summary>
    public override bool RunsWithNext => true;

    public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var language = turn.Input.Language;
        var rule = SkipRules.Find(turn.Playbook, Facts(turn, turn.Findings.Gate?.Customer, language));
        if ((rule is not null || IsExact(turn)) && !IsGrave(turn))
            return Report(ByRule(turn, rule is null ? "exact" : "rule:" + rule.Name, language));
        await turn.Input.PrepareAsync(cancellationToken);
        var local = BlendedMatter.Of(turn, turn.Input.LocalTriage);
        local = await AnsweredQuestion.OfAsync(turn, local, cancellationToken)
            ?? await ArticleMatter.OfAsync(turn, local, cancellationToken);
        var sure = local.Confidence >= turn.TriageFrom(local) && !local.IsOutOfScope;
        return sure || !models.Asks(turn, ModelStages.Triage) ? Report(local)
            : await AskAsync(turn, local, cancellationToken);
    }

    protected override TurnFindings Apply(Turn turn, TriageReading output) =>
        turn.Findings with { Triage = output, ShortCut = output.Tier == TierNames.Rules ? ShortCutOf(turn, output)
            : null };

    protected override StageDescription Describe(TriageReading output) => new("What is it about?")
    {
        Facts =
        [
            new("intent", StageDescription.Spaced(output.Intent)), new("class", EnumWords.Of(output.Class)),
            new("language", output.Language), new("margin", StageDescription.Share(output.Margin)),
            new("also heard", string.Join(", ", output.AlsoHeard.Select(StageDescription.Spaced))),
            new("out of scope", output.IsOutOfScope ? "yes" : ""),
            new("found", string.Join(", ", output.Fields.Select(f => $"{StageDescription.Spaced(f.Key)} {f.Value}"))),
        ],
        Words = output.Words,
        Line = $"{output.Intent} ({EnumWords.Of(output.Class)}), language {output.Language}"
            + (output.Words.Count == 0 ? "" : $" by \"{string.Join("\", \"", output.Words.Take(4))}\""),
    };

    /// <summary>Whether a rule or an exact answer settles the turn, so that no model will be asked.</summary>
    internal static bool IsSettledByRule(Turn turn, CustomerContext customer) =>
        (IsExact(turn) || SkipRules.Find(
            turn.Playbook, Facts(turn, customer, turn.Input.Language)) is not null)
            && !IsGrave(turn);

    /// <summary>
    /// A rule for everyday mail must not settle what somebody was hurt by, or threatens, or wants a person for.
    /// </summary>
    private static bool IsGrave(Turn turn) => Triggers.AnyOfWords(turn.Playbook, turn.Input.Said);

    /// <summary>
    /// A fixed reply to "thanks" must not settle what was written just before it, nor what a subject says.
    /// </summary>
    private static bool IsExact(Turn turn) =>
        turn.Conversation.AskedToConfirm is null && (turn.Subject.Length == 0 || turn.Subject.StartsWith("re:", StringComparison.OrdinalIgnoreCase))
        && turn.Input.Noticed.Length <= turn.Body.Length
        && ExactAnswers.Find(turn.Playbook, turn.Body) is not null;

    private async Task<StageReport> AskAsync(Turn turn, TriageReading local, CancellationToken cancellationToken)
    {
        var asked = await models.AskAsync(turn, TriageQuestion.Of(turn), cancellationToken);
        return asked.On(Report(asked.Answer?.Reading(turn.Playbook, local, asked.Tier) ?? local));
    }

    private StageReport Report(TriageReading reading) =>
        Report(reading, reading.Tier, reading.Confidence, reading.Tier == TierNames.Rules ? reading.Intent : null);

    private static ShortCut? ShortCutOf(Turn turn, TriageReading reading) =>
        turn.Playbook.SkipRules.FirstOrDefault(r => "rule:" + r.Name == reading.Intent) is { } rule
            ? new ShortCut(rule.Name, rule.Then, null)
            : ExactAnswers.Find(turn.Playbook, turn.Body) is { } exact
            ? new ShortCut("exact answer", null, exact.Reply) : null;

    private static TriageReading ByRule(Turn turn, string name, string language) => new()
    {
        Intent = name, Class = IntentClass.Knowledge, Category = TriageReading.None, ProductArea = TriageReading.None,
            Confidence = 1,
        Tier = TierNames.Rules, Margin = 1, Language = language,
        Fields = turn.Input.Fields,
    };

    private static RuleFacts Facts(Turn turn, CustomerContext? customer, string language) => new RuleFacts()
        .Set(RuleFields.CustomerTier, customer?.Tier)
        .Set(RuleFields.RecentTickets, customer?.RecentTickets ?? 0)
        .Set(RuleFields.Channel, turn.Conversation.Channel)
        .Set(RuleFields.Language, language)
        .Set(RuleFields.Turn, turn.Number)
        .Set(RuleFields.MessageLength, turn.Conversation.LastMessageCharacters)
        .Set(RuleFields.Subject, turn.Subject)
        .Set(RuleFields.Body, turn.Body);
}
