using System.Text.Json;
using Baton.Conversations.Findings;
using Baton.Decisions.Turns;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Asking;

/// <summary>What a model makes of a message.</summary>
/// <param name="Intent">A name of the playbook, or <see cref="TriageReading.None"/>.</param>
internal sealed record TriageAnswer(string Intent, double Confidence, IReadOnlyList<string> Also)
{
    /// <summary>As a reading; what a model was not asked is the local tier's.</summary>
    public TriageReading Reading(Playbook playbook, TriageReading local, string tier)
    {
        var intent = playbook.FindIntent(Intent);
        return local with
        {
            Intent = Intent,
            Class = intent?.Class ?? IntentClass.Human,
            Category = intent?.Category ?? TriageReading.None,
            ProductArea = intent?.ProductArea ?? TriageReading.None,
            Confidence = Confidence,
            Tier = tier,
            Margin = 0,
            IsOutOfScope = intent is null,
            OutOfScope = intent is null ? Confidence : 0,
            AlsoHeard = Also,
        };
    }
}

/// <summary>Asks which intent a message is about.</summary>
internal static class TriageQuestion
{
    public static ModelQuestion<TriageAnswer> Of(Turn turn)
    {
        var names = turn.Playbook.Intents.Select(i => i.Name).ToList();
        return new ModelQuestion<TriageAnswer>
        {
            Stage = ModelStages.Triage,
            Parts = MarkedText.Answerable(turn),
            Schema = AnswerSchema.Object(
                ("intent", AnswerSchema.OneOf([.. names, TriageReading.None])),
                ("also", AnswerSchema.ListOf(names)),
                ("confidence", AnswerSchema.OneOf(WordScales.Confidence.Words))),
            Read = Read,
            Confidence = answer => answer.Confidence,
            Floor = turn.Playbook.Thresholds.TriageConfidence,
        };
    }

    private static TriageAnswer Read(JsonElement json)
    {
        var intent = json.Word("intent");
        return new TriageAnswer(intent, WordScales.Confidence[json.Word("confidence")],
            [.. json.Words("also").Where(other => other != intent)]);
    }
}
