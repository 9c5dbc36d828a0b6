using Baton.Playbooks.Yaml;

namespace Baton.Playbooks.Loading.Source;

/// <summary>Collects what is wrong with a playbook, so that all of it can be reported at once.</summary>
internal sealed class ProblemList(int limit)
{
    private readonly List<PlaybookProblem> _problems = [];
    private readonly List<PlaybookProblem> _warnings = [];
    private int _left;

    public bool Any => _problems.Count > 0;

    public IReadOnlyList<PlaybookProblem> Problems => Sorted(_problems, _left);

    public IReadOnlyList<PlaybookProblem> Warnings => Sorted(_warnings, left: 0);

    public void Add(string file, int line, int? column, string message)
    {
        if (_problems.Count < limit) _problems.Add(new PlaybookProblem(file, line, column, message));
        else _left++;
    }

    public void Add(SourceFile file, YamlValue at, string message) => Add(file.Path, at.Line, at.Column, message);

    public void Add(Located at, string message) => Add(at.File.Path, at.Line, at.Column, message);

    public void Warn(Located at, string message) => Warn(at.File.Path, at.Line, at.Column, message);

    public void Warn(string file, int line, int? column, string message)
    {
        if (_warnings.Count < limit) _warnings.Add(new PlaybookProblem(file, line, column, message));
    }

    private static List<PlaybookProblem> Sorted(List<PlaybookProblem> list, int left)
    {
        var sorted = list.Distinct().OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line).ToList();
        if (left > 0)
        {
            var last = sorted[^1];
            sorted.Add(last with { Column = null, Message = $"{left} more problems are not shown; fix these first" });
        }
        return sorted;
    }
}

/// <summary>A text of a playbook and where it stands.</summary>
internal readonly record struct Located(string Text, SourceFile File, int Line, int Column)
{
    public override string ToString() => Text;
}
