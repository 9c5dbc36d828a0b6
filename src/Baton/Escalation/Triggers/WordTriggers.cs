using System.Runtime.CompilerServices;
using Baton.Conversations;

namespace Baton.Escalation.Triggers;

/// <summary>
/// Triggers on what must never be answered by a machine alone. Phrases are looked for in the customer's own words:
/// quoted lines and negated mentions do not count.
/// </summary>
internal static class WordTriggers
{
    /// <summary>The playbooks' own phrases, prepared once per list and forgotten with it.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, PhraseList> Prepared = [];

    public static readonly IReadOnlyList<Trigger> All =
    [
        Of("asked_for_human", SensitivePhrases.AskedForHuman),
        Of("legal", SensitivePhrases.Legal),
        Of("safety", SensitivePhrases.Safety),
        Of("security", SensitivePhrases.Security),
        Of("data_loss", SensitivePhrases.DataLoss),
    ];

    private static Trigger Of(string name, IReadOnlyList<string> phrases)
    {
        var builtIn = new PhraseList(phrases);
        return new Trigger(name, StopsAutomation: true, Default: 0, Unit: "", input => Look(input, builtIn));
    }

    private static TriggerFinding? Look(TriggerInput input, PhraseList builtIn)
    {
        var phrase = builtIn.Find(input.Words.Value)
            ?? (input.Phrases.Count == 0
                ? null
                : Prepared.GetValue(input.Phrases, phrases => new PhraseList(phrases)).Find(input.Words.Value));
        return phrase is null ? null : input.Found($"\"{phrase}\"");
    }
}
