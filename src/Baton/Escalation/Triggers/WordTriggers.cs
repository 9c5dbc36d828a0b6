using System.Runtime.CompilerServices;
using Baton.Conversations.Findings;

namespace Baton.Escalation.Triggers;

/// <summary>
/// Triggers on what must never be answered by a machine alone. Phrases are looked for in everything the customer sent:
/// only the brand's own text coming back, footers and negated mentions do not count.
/// </summary>
internal static class WordTriggers
{
    /// <summary>The playbooks' own phrases, prepared once per list and forgotten with it.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, PhraseList> Prepared = [];

    public static readonly IReadOnlyDictionary<string, TriggerLook> All = new Dictionary<string, TriggerLook>
    {
        ["asked_for_human"] = Of(SensitivePhrases.AskedForHuman),
        ["legal"] = Of(SensitivePhrases.Legal),
        ["safety"] = Of(SensitivePhrases.Safety),
        ["security"] = Of(SensitivePhrases.Security),
        ["data_loss"] = Of(SensitivePhrases.DataLoss),
    };

    private static TriggerLook Of(IReadOnlyList<string> phrases)
    {
        var builtIn = new PhraseList(phrases);
        return input => Look(input, builtIn);
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
