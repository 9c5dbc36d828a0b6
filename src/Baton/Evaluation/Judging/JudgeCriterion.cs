using System.Reflection;

namespace Baton.Evaluation.Judging;

/// <summary>What a judge looks at: a Markdown file whose list holds the steps of G-Eval (Liu et al. 2023).</summary>
/// <param name="Name">The file's name; metrics are called <c>judge_</c> and this.</param>
/// <param name="AnsweredOnly">Whether only tickets are judged that were answered.</param>
internal sealed record JudgeCriterion(string Name, string Text, bool AnsweredOnly)
{
    private const int Longest = 8_000;

    private const string Folder = "Baton.Evaluation.Judging.Criteria.";

    /// <summary>Those of the product.</summary>
    public static readonly IReadOnlyList<string> BuiltIn = ["correctness", "escalation_appropriateness", "tone"];

    /// <exception cref="FormatException">The file cannot be a criterion; the message says why.</exception>
    public static JudgeCriterion Read(string file)
    {
        if (new FileInfo(file).Length > Longest) throw new FormatException($"{file}: more than {Longest:N0} bytes");
        return Of(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file));
    }

    /// <summary>One of the product by name.</summary>
    public static JudgeCriterion Shipped(string name)
    {
        using var reader = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Folder}{name}.md")!);
        return Of(name, reader.ReadToEnd());
    }

    internal static JudgeCriterion Of(string name, string markdown)
    {
        var text = markdown.ReplaceLineEndings("\n");
        var (answeredOnly, body) = (true, text);
        if (text.StartsWith("---\n", StringComparison.Ordinal)
            && text.IndexOf("\n---\n", 3, StringComparison.Ordinal) is > 0 and var end)
        {
            var front = text[4..end].Trim();
            answeredOnly = front switch
            {
                "of: answered" => true,
                "of: all" => false,
                _ => throw new FormatException($"{name}.md: '{front}' is not known: write 'of: answered' or 'of: all'"),
            };
            body = text[(end + 5)..];
        }
        if (!name.All(c => char.IsAsciiLetterLower(c) || c == '_') || name.Length is < 3 or > 50)
            throw new FormatException($"{name}.md: name it in lower case with underscores, as metrics are");
        return body.Trim().Length < 20 ? throw new FormatException($"{name}.md: says too little to judge by")
            : new JudgeCriterion(name, body.Trim(), answeredOnly);
    }
}
