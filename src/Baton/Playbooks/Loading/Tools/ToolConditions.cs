using Baton.Playbooks.Acting;
using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Rules;

namespace Baton.Playbooks.Loading.Tools;

/// <summary>Reads what a tool's conditions rest on: look-ups, computed facts, preconditions.</summary>
internal static class ToolConditions
{
    /// <summary>Names of what a call brings along; a look-up may not take one.</summary>
    private static readonly string[] Given = ["input", "customer", "effect"];

    public static IReadOnlyList<ToolLookup> Lookups(Section tool, List<ToolReference> references)
    {
        List<ToolLookup> lookups = [];
        foreach (var (key, lookup) in tool.Child("lookups")?.Named($"{tool.What}, lookup") ?? [])
        {
            Names.CheckShape(key, "lookup", tool.Problems);
            if (Given.Contains(key.Text))
                tool.Problems.Add(key, $"{tool.What}: '{key.Text}' is there already; give the look-up another name");
            var named = lookup.RequiredLocated("tool", "get_order");
            if (named is { } other) references.Add(new ToolReference(other, lookup.What));
            lookups.Add(new ToolLookup(
                key.Text, named?.Text ?? "", Inputs(lookup), OwnerReader.Place(lookup.Located("at"), lookup)));
            lookup.Close();
        }
        return lookups;
    }

    /// <summary>Inputs of another tool, each as a place.</summary>
    public static IReadOnlyDictionary<string, string> Inputs(Section section)
    {
        if (section.Child("inputs") is not { } inputs) return new Dictionary<string, string>();
        return inputs.Entries.ToDictionary(
            e => e.Key, e => OwnerReader.Place(inputs.Located(e.Key), inputs) ?? "");
    }

    public static IReadOnlyList<ToolFact> Facts(Section tool)
    {
        List<ToolFact> facts = [];
        if (tool.Child("facts") is not { } section) return facts;
        foreach (var entry in section.Entries)
        {
            var key = new Located(entry.Key, section.File, entry.Line, entry.Column);
            if (!FactPlace.IsOne(entry.Key))
                section.Problems.Add(key, $"{tool.What}: '{entry.Key}' is not a fact; write a name such as order.age_days");
            if (section.Located(entry.Key) is not { } text) continue;
            if (FactFormula.Parse(text.Text) is not { } formula)
            {
                section.Problems.Add(text, $"{tool.What}: '{text.Text}' is no formula; write days since order.delivered_on, "
                    + "input.amount / order.paid, count order.items, sum order.items.price, word order.status or a place");
                continue;
            }
            var kind = text.Text.StartsWith("word ", StringComparison.Ordinal) ? RuleFieldKind.Word : RuleFieldKind.Number;
            facts.Add(new ToolFact(new RuleField(facts.Count, entry.Key, kind, text.Text, 0.01), formula));
        }
        return facts;
    }

    public static IReadOnlyList<Precondition> Preconditions(Section tool, IReadOnlyList<ToolFact> facts)
    {
        List<Precondition> read = [];
        if (tool.Child("preconditions") is not { } section) return read;
        var vocabulary = RuleVocabulary.Open.Only([.. facts.Select(f => f.Field)]);
        foreach (var entry in section.Entries)
        {
            Names.CheckShape(new Located(entry.Key, section.File, entry.Line, entry.Column), "precondition",
                section.Problems);
            if (section.Located(entry.Key) is not { } text) continue;
            switch (RuleParser.Parse(text.Text, vocabulary))
            {
                case ParsedCondition.Parsed parsed:
                    read.Add(new Precondition(entry.Key, parsed.Condition));
                    break;
                case ParsedCondition.Rejected rejected:
                    foreach (var error in rejected.Errors)
                        section.Problems.Add(text,
                            $"{tool.What}, precondition '{entry.Key}' at character {error.Position + 1}: {error.Message}");
                    break;
            }
        }
        return read;
    }
}

/// <summary>A tool that another one names for a look-up.</summary>
internal sealed record ToolReference(Located Name, string By)
{
    public void Check(IReadOnlyList<Tool> tools, LoadState state)
    {
        if (!state.Tools.Check(Name, By, state.Problems)) return;
        if (tools.FirstOrDefault(t => t.Name == Name.Text) is { HasEffect: true })
            state.Problems.Add(Name, $"{By}: '{Name.Text}' changes something; a look-up needs a tool of risk 'read'");
    }
}
