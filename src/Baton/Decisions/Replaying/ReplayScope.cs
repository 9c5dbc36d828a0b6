using Baton.Playbooks;

namespace Baton.Decisions.Replaying;

/// <summary>Which findings of a recorded turn another playbook makes worthless.</summary>
/// <param name="Reading">Intents are read otherwise: their examples, their names, the fields and languages.</param>
/// <param name="Answers">Articles answer otherwise, or are chosen otherwise.</param>
/// <param name="Acts">Workflows differ, and nobody can say what they would have done.</param>
/// <param name="Then">The playbook of then; null where it is not kept, and everything is found again.</param>
internal readonly record struct ReplayScope(bool Reading, bool Answers, bool Acts, Playbook? Then)
{
    /// <summary>Everything is found again: the playbook of then is not kept.</summary>
    public static readonly ReplayScope All = new(true, true, true, null);

    /// <summary>Between the playbook of then and the one that is tried.</summary>
    public static ReplayScope Of(Playbook then, Playbook now)
    {
        if (then.Version == now.Version) return new ReplayScope(false, false, false, then);
        var reading = Reads(then) != Reads(now);
        return new ReplayScope(
            reading, reading || Answering(then) != Answering(now), Acting(then) != Acting(now), then);
    }

    private static string Reads(Playbook playbook) => Joined(
        [
            .. playbook.Intents.SelectMany(i => (IEnumerable<string>)
            [
                i.Name, EnumWords.Of(i.Class), i.Category, i.ProductArea, i.Tool ?? "", .. i.RequiredFields, .. i.Systems,
                .. i.Examples,
            ]),
            .. playbook.Fields.Values.SelectMany(f => (string[])[f.Name, f.Pattern, f.Bare?.Pattern ?? "", f.Bare?.As ?? ""]),
            .. playbook.Brand.Languages,
        ]);

    private static string Answering(Playbook playbook) => Joined(
        [
            .. playbook.Articles.SelectMany(a => (IEnumerable<string>)
            [
                a.Id, a.Title, a.Body, a.Language,
                .. a.Questions.OrderBy(q => q.Key, StringComparer.Ordinal).SelectMany(q => q.Value.Prepend(q.Key)),
            ]),
            .. playbook.Intents.SelectMany(i => i.Articles.Prepend(i.Name)),
            .. playbook.Synonyms.OrderBy(s => s.Key, StringComparer.Ordinal).SelectMany(s => s.Value.Prepend(s.Key)),
            playbook.Answers?.Content() ?? "",
        ]);

    private static string Acting(Playbook playbook) => Joined(
        playbook.Workflows.SelectMany(w => w.Intents.Concat(w.Needs).Concat(w.Steps.Select(s => s.ToString()))
            .Prepend(w.Name)));

    private static string Joined(IEnumerable<string> parts) => string.Join('\u001f', parts);
}
