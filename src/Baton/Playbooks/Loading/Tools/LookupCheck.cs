using System.Text.Json.Nodes;
using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Loading.Tools;

/// <summary>Checks what a lookup needs: a tool whose inputs are known, and an answer with proper holes.</summary>
internal static class LookupCheck
{
    public static void Check(Section section, Intent intent, IReadOnlyList<Tool> tools, LoadState state)
    {
        var lookup = intent.Class == IntentClass.Lookup;
        foreach (var field in new[] { "tool", "answer" })
        {
            if (lookup) section.Required(
                field, field == "tool" ? "get_order" : "\"Order {order.id} is {order.status}.\"");
            else if (section.Located(field) is { } extra && !section.ClassIsWrong())
                state.Problems.Add(extra,
                    $"{section.What}: '{field}' is for class lookup; this intent is {EnumWords.Of(intent.Class)}, remove it or change the class");
        }
        if (!lookup) return;
        CheckAnswer(section, state.Problems);
        if (section.Located("tool") is not { } named || !state.Tools.Check(named, section.What, state.Problems)) return;
        var tool = tools.FirstOrDefault(t => t.Name == named.Text);
        foreach (var input in tool is null ? [] : RequiredInputs(tool).Except(intent.RequiredFields))
        {
            state.Problems.Warn(named, $"{section.What}: tool '{named.Text}' needs the input '{input}', " +
                "which is not among the required_fields, so nobody asks for it; add it there");
        }
    }

    private static bool ClassIsWrong(this Section section) =>
        section.Located("class") is not { } word || EnumWords.Find<IntentClass>(word.Text) is null;

    private static void CheckAnswer(Section section, ProblemList problems)
    {
        if (section.Located("answer") is not { } answer) return;
        if (Holes.Read(answer.Text) is not { } holes)
            problems.Add(answer,
                $"{section.What}: 'answer' has a brace that is not a hole; write holes like {{order.status}}");
        else if (holes.All(h => h.StartsWith('!')))
            problems.Add(answer,
                $"{section.What}: 'answer' has no hole, so that nothing of the lookup is told; add one like {{order.status}}");
    }

    private static IEnumerable<string> RequiredInputs(Tool tool) =>
        (tool.InputSchema["required"] as JsonArray)?.Select(r => r?.ToString() ?? "") ?? [];
}
