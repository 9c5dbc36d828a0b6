using System.Text.RegularExpressions;
using Baton.Playbooks.Loading.Source;
using Baton.Playbooks.Models;

namespace Baton.Playbooks.Loading;

/// <summary>Reads <c>prompts/*.md</c>: the file name without extension is the stage.</summary>
internal static partial class PromptReader
{
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<SourceFile> files, LoadState state)
    {
        foreach (var file in files) Check(file, state);
        return files.ToDictionary(f => f.Stem, f => f.Text);
    }

    private static void Check(SourceFile file, LoadState state)
    {
        if (!ModelStages.All.Contains(file.Stem))
            state.Problems.Add(file.Path, 1, null,
                $"no model stage is called '{file.Stem}'{Suggestion.Hint(file.Stem, ModelStages.All)}");
        if (string.IsNullOrWhiteSpace(file.Text))
            state.Problems.Add(file.Path, 1, null,
                "the prompt is empty; write it, or remove the file to use the built-in one");
        if (file.Text.Length > state.Limits.PromptCharacters)
            state.Problems.Add(file.Path, 1, null,
                $"the prompt has {file.Text.Length} characters, at most {state.Limits.PromptCharacters} are allowed; every call pays for all of them");
        foreach (Match hole in Hole().Matches(file.Text))
        {
            if (ModelStages.Holes.Contains(hole.Groups[1].Value)) continue;
            var line = 1 + file.Text.AsSpan(0, hole.Index).Count('\n');
            state.Problems.Add(file.Path, line, null,
                $"unknown placeholder '{hole.Value}'{Suggestion.Hint(hole.Groups[1].Value, ModelStages.Holes)}");
        }
    }

    [GeneratedRegex(@"\{\{\s*([^{}]*?)\s*\}\}")]
    private static partial Regex Hole();
}
