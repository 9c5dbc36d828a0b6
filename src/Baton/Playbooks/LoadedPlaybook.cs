namespace Baton.Playbooks;

/// <summary>What came of reading a playbook folder: a playbook to run with, or every reason why not.</summary>
public abstract record LoadedPlaybook
{
    private LoadedPlaybook() { }

    /// <summary>Things that work but are probably not meant, such as one example in two intents.</summary>
    public IReadOnlyList<PlaybookProblem> Warnings { get; init; } = [];

    /// <summary>The folder is a playbook.</summary>
    public sealed record Valid(Playbook Playbook) : LoadedPlaybook
    {
        /// <summary>What it was read from, whole: enough to read it again without the folder.</summary>
        internal IReadOnlyList<Loading.Source.SourceFile> Files { get; init; } = [];
    }

    /// <summary>The folder is not a playbook. The problems are sorted by file and line.</summary>
    public sealed record Invalid(IReadOnlyList<PlaybookProblem> Problems) : LoadedPlaybook;
}

/// <summary>One thing to mend: where it is, what is wrong with which value, and how to fix it.</summary>
/// <param name="File">Path inside the playbook folder, with forward slashes.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1; null when the problem is about the whole line or file.</param>
public sealed record PlaybookProblem(string File, int Line, int? Column, string Message)
{
    /// <summary><c>file:line: message</c>.</summary>
    public override string ToString() => $"{File}:{Line}: {Message}";
}
