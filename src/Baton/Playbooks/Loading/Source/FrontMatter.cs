using Baton.Playbooks.Yaml;

namespace Baton.Playbooks.Loading.Source;

/// <summary>
/// The fields at the beginning of a Markdown file, between two lines of <c>---</c>, and where the text begins.
/// </summary>
internal sealed record FrontMatter(Section Fields, int TextAt)
{
    private const string Fence = "---\n";

    /// <summary>Null after reporting why there is none.</summary>
    /// <param name="what">What the file describes, for messages: <c>article 'returns'</c>.</param>
    public static FrontMatter? Read(SourceFile file, string what, LoadState state)
    {
        var end = file.Text.StartsWith(Fence, StringComparison.Ordinal)
            ? file.Text.IndexOf("\n" + Fence, Fence.Length - 1, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            state.Problems.Add(file.Path, 1, null, "no front matter; start the file with '---', 'title: …', '---'");
            return null;
        }
        var front = YamlTreeReader.Read(file, file.Text[Fence.Length..(end + 1)], 1, state.Limits, state.Problems);
        if (front is YamlValue.Mapping mapping)
            return new FrontMatter(new Section(file, mapping, what, state.Problems), end + 1 + Fence.Length);
        if (front is not null)
            state.Problems.Add(file, front,
                $"the front matter must have fields such as 'title: …', found {front.Description}");
        return null;
    }
}
