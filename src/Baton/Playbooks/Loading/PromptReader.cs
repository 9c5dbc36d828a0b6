namespace Baton.Playbooks.Loading;

/// <summary>Reads <c>prompts/*.md</c>: the file name without extension is the stage.</summary>
internal static class PromptReader
{
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<SourceFile> files, LoadState state)
    {
        foreach (var file in files)
        {
            Names.CheckShape(new Located(file.Stem, file, 1, 1), "prompt of stage", state.Problems);
            if (string.IsNullOrWhiteSpace(file.Text))
                state.Problems.Add(file.Path, 1, null, "the prompt is empty; write it, or remove the file to use the built-in one");
        }
        return files.ToDictionary(f => f.Stem, f => f.Text);
    }
}
