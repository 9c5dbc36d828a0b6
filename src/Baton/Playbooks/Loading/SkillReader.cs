using Baton.Playbooks.Loading.Source;

namespace Baton.Playbooks.Loading;

/// <summary>Reads skills that tickets ask for, such as <c>refunds</c> or <c>refunds:5</c>.</summary>
internal static class SkillReader
{
    /// <summary>The skills of a field; one that no queue has would be waited for in vain.</summary>
    public static IReadOnlyList<string> Read(Section section, string field, LoadState state)
    {
        var texts = section.Texts(field);
        foreach (var text in texts)
        {
            if (SkillNeed.Parse(text.Text) is { } need)
                state.Skills.Check(text with { Text = need.Name }, $"{section.What}, {field}", state.Problems);
            else
                state.Problems.Add(text, $"{section.What}, {field}: '{text.Text}' is no skill; write a name such as "
                    + $"'refunds', or 'refunds:5' for a level from 1 to {SkillNeed.HighestLevel}");
        }
        return [.. texts.Select(t => t.Text)];
    }
}
