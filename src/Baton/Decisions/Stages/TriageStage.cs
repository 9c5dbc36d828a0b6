using System.Text.Json;
using Baton.Conversations;
using Baton.Playbooks;
using Baton.Triage;

namespace Baton.Decisions.Stages;

/// <summary>What is it about (agent 1): rules and exact answers first, then the local classifier.</summary>
internal sealed class TriageStage : IStage
{
    public string Name => "triage";

    public ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var language = LocalModels.Language(turn.Body);
        var fields = turn.Models.Fields.Find(turn.FullText, turn.Earlier, turn.Conversation.Fields);
        var reading = SkipRules.Find(turn.Playbook, Facts(turn, language)) is { } rule
                ? ByRule(turn, "rule:" + rule.Name, language, fields)
            : ExactAnswers.Find(turn.Playbook, turn.Body) is not null && turn.Subject.Length == 0
                ? ByRule(turn, "exact", language, fields)
            : turn.Models.Read(turn.Subject, turn.Body, language, fields);
        return new(new StageReport
        {
            Output = ConversationJson.Element(reading),
            Tier = reading.Tier,
            Confidence = reading.Confidence,
            Note = reading.Tier == "rules" ? reading.Intent : null,
        });
    }

    public void Apply(Turn turn, JsonElement output)
    {
        var reading = ConversationJson.Read<TriageReading>(output);
        turn.Triage = reading;
        if (reading.Tier != "rules") return;
        var rule = turn.Playbook.SkipRules.FirstOrDefault(r => "rule:" + r.Name == reading.Intent);
        if (rule is not null) turn.ShortCut = new ShortCut(rule.Name, rule.Then, null);
        else if (ExactAnswers.Find(turn.Playbook, turn.Body) is { } exact)
            turn.ShortCut = new ShortCut("exact answer", null, exact.Reply);
    }

    private static TriageReading ByRule(
        Turn turn, string name, string language, IReadOnlyDictionary<string, string> fields) => new()
        {
            Intent = name, Class = IntentClass.Knowledge, Category = "none", ProductArea = "none", Confidence = 1,
            Tier = "rules", Margin = 1, Language = language, Fields = fields,
        };

    private static RuleFacts Facts(Turn turn, string language) => new RuleFacts()
        .Set(RuleFields.CustomerTier, turn.Gate?.Customer.Tier)
        .Set(RuleFields.RecentTickets, turn.Gate?.Customer.RecentTickets ?? 0)
        .Set(RuleFields.Channel, turn.Conversation.Channel)
        .Set(RuleFields.Language, language)
        .Set(RuleFields.Turn, turn.Number)
        .Set(RuleFields.MessageLength, turn.Conversation.LastMessageCharacters)
        .Set(RuleFields.Subject, turn.Subject)
        .Set(RuleFields.Body, turn.Body);
}
