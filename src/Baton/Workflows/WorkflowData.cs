using System.Text.Json;
using System.Text.Json.Nodes;
using Baton.Playbooks.Acting;
using Baton.Playbooks.Rules;
using Baton.Playbooks.Workflows;
using Baton.Text;
using Baton.Tools;
using Baton.Tools.Authority;

namespace Baton.Workflows;

/// <summary>What is known in a run: fields, tier, words that were said, and the answers of the steps so far.</summary>
internal sealed class WorkflowData
{
    private readonly JsonObject _data = [];
    private readonly Workflow _workflow;

    public WorkflowData(Workflow workflow, WorkflowStart start)
    {
        _workflow = workflow;
        _data["field"] = new JsonObject(
            workflow.Needs.Where(start.Fields.ContainsKey)
                .Select(f => KeyValuePair.Create(f, (JsonNode?)start.Fields[f])));
        _data["customer"] = new JsonObject
        {
            ["tier"] = start.Tier, ["email"] = start.Identity.Email, ["id"] = start.Identity.CustomerId,
        };
        var text = " " + FoldedText.Of(start.Text).ToLowerInvariant() + " ";
        _data["said"] = new JsonObject(workflow.Words.Select(
            w => KeyValuePair.Create(w.Key, (JsonNode?)(w.Value.Any(phrase => Says(text, phrase)) ? 1 : 0))));
    }

    /// <summary>Keeps a step's answer under its name.</summary>
    public void Take(string step, string output) => _data[step] = JsonNode.Parse(output);

    /// <summary>The workflow's facts as far as they are known.</summary>
    public RuleFacts Facts(DateTimeOffset now) => ComputedFacts.Of(_workflow.Facts, _data, now);

    /// <summary>Inputs of a call: a text that is one hole keeps the type of its value.</summary>
    /// <param name="missing">The hole that has no value.</param>
    public JsonObject? Inputs(IReadOnlyDictionary<string, string> templates, out string? missing)
    {
        var inputs = new JsonObject();
        missing = null;
        foreach (var (name, template) in templates)
        {
            if (Fill(template, out missing) is not { } value) return null;
            inputs[name] = value;
        }
        return inputs;
    }

    /// <summary>The value at a place as text, or null.</summary>
    public string? Value(string place) => FactPlace.Text(_data, place);

    /// <summary>A text for the customer; lines whose holes have no value are left out.</summary>
    public string? Text(string template) =>
        AnswerTemplate.Fill(template, JsonSerializer.SerializeToElement(_data));

    private JsonNode? Fill(string template, out string? missing)
    {
        missing = null;
        if (template is not ['{', .., '}'] || template.IndexOf('{', 1) >= 0) return JsonValue.Create(template);
        var node = FactPlace.Node(_data, template[1..^1]);
        if (node is null) missing = template;
        return node?.DeepClone();
    }

    private static bool Says(string text, string phrase)
    {
        for (var at = text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = text.IndexOf(phrase, at + 1, StringComparison.OrdinalIgnoreCase))
            if (!char.IsLetterOrDigit(text[at - 1]) && !char.IsLetterOrDigit(text[at + phrase.Length])) return true;
        return false;
    }
}
