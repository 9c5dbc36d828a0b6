using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Playbooks.Acting;
using Baton.Playbooks.Rules;

namespace Baton.Tools.Authority;

/// <summary>Computes the facts that a tool declares, for its preconditions.</summary>
internal static class ComputedFacts
{
    public static RuleFacts Of(Tool tool, ToolCall call, ToolFacts facts)
    {
        var data = (JsonObject)facts.Data.DeepClone();
        data["input"] = call.Inputs.DeepClone();
        return Of(tool.Facts, data, facts.Now);
    }

    /// <summary>The facts over what was looked up.</summary>
    public static RuleFacts Of(IReadOnlyList<ToolFact> declared, JsonObject data, DateTimeOffset now)
    {
        var computed = new RuleFacts(declared.Count);
        var byName = new Dictionary<string, double>();
        foreach (var fact in declared)
        {
            if (fact is { Field.Kind: RuleFieldKind.Word, Formula: FactFormula.Value word })
            {
                computed.Set(fact.Field, FactPlace.Text(data, word.Place));
                continue;
            }
            var number = fact.Formula.Number(data, name => byName.GetValueOrDefault(name, double.NaN), now);
            byName[fact.Field.Name] = number;
            computed.Set(fact.Field, number);
        }
        return computed;
    }

    /// <summary>A value for people.</summary>
    public static string Text(RuleFacts facts, RuleField field) =>
        !facts.Knows(field) ? "is not known"
            : facts.Word(field) is { } word ? $"is {word}"
            : string.Create(CultureInfo.InvariantCulture, $"is {facts.Number(field):0.####}");
}
