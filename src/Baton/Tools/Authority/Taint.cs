using Baton.Playbooks;
using Baton.Playbooks.Acting;

namespace Baton.Tools.Authority;

/// <summary>
/// Text that a customer, a document or a tool wrote may steer a model. So what matters in a risky call must be
/// something that code has looked up, whoever says it.
/// </summary>
internal static class Taint
{
    /// <summary>The first input that matters and that nothing vouches for; null when there is none.</summary>
    public static string? Unbacked(Tool tool, ToolCall call, ToolFacts facts)
    {
        if (!call.Tainted || tool.Risk is ToolRisk.Read or ToolRisk.Low) return null;
        foreach (var (name, value) in call.Inputs)
        {
            if (call.FromCode.Contains(name) || tool.FreeInputs.Contains(name) || IsFixed(tool, name)) continue;
            if (ToolSchemas.Text(value) is not { } text || !IsBacked(tool, name, text, facts)) return name;
        }
        return null;
    }

    /// <summary>Limits and the currency's own check leave no choice of it.</summary>
    private static bool IsFixed(Tool tool, string name) => tool.Money?.CurrencyInput == name;

    private static bool IsBacked(Tool tool, string name, string text, ToolFacts facts) =>
        tool.BackedBy.TryGetValue(name, out var places)
        && places.Any(place => FactPlace.Values(facts.Data, place).Any(value => FactPlace.Same(value, text)));
}
