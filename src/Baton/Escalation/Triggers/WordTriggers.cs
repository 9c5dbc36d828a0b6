using System.Runtime.CompilerServices;
using Baton.Conversations.Findings;
using Baton.Playbooks;
using Baton.Playbooks.Triggers;

namespace Baton.Escalation.Triggers;

/// <summary>
/// Triggers on what must never be answered by a machine alone. Phrases are looked for in everything the customer sent:
/// only the brand's own text coming back, footers and negated mentions do not count.
/// </summary>
internal static class WordTriggers
{
    /// <summary>The playbooks' own phrases, prepared once per list and forgotten with it.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, PhraseList> Prepared = [];

    private static readonly IReadOnlyDictionary<string, PhraseList> BuiltIn = new Dictionary<string, PhraseList>
    {
        ["asked_for_human"] = new(SensitivePhrases.AskedForHuman),
        ["legal"] = new(SensitivePhrases.Legal),
        ["safety"] = new(SensitivePhrases.Safety.Concat(InjuryWords.All)),
        [TriggerCatalog.SelfHarm] = new(SelfHarmWords.All),
        ["security"] = new(SensitivePhrases.Security),
        ["data_loss"] = new(SensitivePhrases.DataLoss),
    };

    public static readonly IReadOnlyDictionary<string, TriggerLook> All = BuiltIn.Keys.ToDictionary(
        name => name, name => (TriggerLook)(input => Look(input, name)));

    /// <summary>Whether any of them that the playbook has not switched off would fire.</summary>
    public static bool AnyFires(Playbook playbook, SaidWords said)
    {
        foreach (var name in BuiltIn.Keys)
        {
            var policy = playbook.Triggers.FirstOrDefault(t => t.Name == name);
            if (policy is not { Enabled: false } && said.Find(name, policy?.Phrases ?? [], Find) is not null)
                return true;
        }
        return false;
    }

    /// <summary>Whether a person is spoken of as not wanted, and wanted nowhere.</summary>
    /// <param name="anywhere">Enough that some phrase is denied, whatever else is said.</param>
    public static bool DeniesPerson(IReadOnlyList<string> words, bool anywhere)
    {
        var wishes = BuiltIn["asked_for_human"];
        return wishes.Denies(words) && (anywhere || wishes.Find(words) is null);
    }

    private static TriggerFinding? Look(TriggerInput input, string name) =>
        input.Said.Find(name, input.Phrases, Find) is { } phrase ? input.Found($"\"{phrase}\"") : null;

    private static string? Find(string name, IReadOnlyList<string> further, IReadOnlyList<string> words) =>
        BuiltIn[name].Find(words)
            ?? (further.Count == 0 ? null : Prepared.GetValue(further, phrases => new PhraseList(phrases)).Find(words));
}
