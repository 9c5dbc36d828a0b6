using System.Text;

namespace Baton.Playbooks.Loading.Source;

/// <summary>
/// The files of a playbook folder, read as UTF-8 with line feeds. Refuses what is too large, not text, or reached by
/// a link that leads out of the folder.
/// </summary>
internal sealed class PlaybookFolder
{
    private const string Models = "models.yaml";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly string[] TopFiles =
        ["playbook.yaml", "escalation.yaml", "queues.yaml", Models, "agents.yaml", "answers.yaml", "channels.yaml",
            "customers.yaml", "mcp.yaml", AlertFile, RetentionFile];

    /// <summary>Whom alerts tell: it decides nothing about a ticket.</summary>
    public const string AlertFile = "alerts.yaml";

    /// <summary>How long data is kept: it decides nothing about a ticket.</summary>
    public const string RetentionFile = "retention.yaml";

    /// <summary>Articles that nobody has approved: they decide nothing.</summary>
    public const string Drafts = "knowledge/drafts";

    /// <summary>Where articles are imported from: read by who imports, no part of the content.</summary>
    public const string Imports = "imports.yaml";

    private static readonly (string Folder, string Extension)[] Folders =
        [("intents", ".yaml"), ("tools", ".yaml"), ("workflows", ".yaml"), ("prompts", ".md"), ("macros", ".md"), ("knowledge", ".md"),
            ("knowledge/questions", ".yaml")];

    /// <summary>Beside the content: what a playbook is held to.</summary>
    public const string Gates = "evals/gates.yaml";

    private readonly string? _root;
    private readonly LoadLimits _limits;
    private readonly ProblemList _problems;
    private readonly List<SourceFile> _files = [];
    private int _count;
    private long _bytes;

    private PlaybookFolder(string? root, LoadLimits limits, ProblemList problems)
    {
        _root = root;
        _limits = limits;
        _problems = problems;
    }

    /// <summary>The files that a version is made of, in the order of their paths; macros and alerts decide
    /// nothing.</summary>
    public IReadOnlyList<SourceFile> Deciding =>
        _files.FindAll(f => f.Path is not (Gates or AlertFile or RetentionFile)
            && !f.Path.StartsWith(Macros.MacroReader.Folder + "/", StringComparison.Ordinal));

    /// <summary>Everything that a version is kept by: what decides, macros, and the gates.</summary>
    public IReadOnlyList<SourceFile> Whole =>
        Find(Gates) is null && ReadExtra(Gates) is { } gates ? [.. _files, gates] : _files;

    /// <summary>Files of a folder that was read before.</summary>
    public static PlaybookFolder Of(IReadOnlyList<SourceFile> files, LoadLimits limits, ProblemList problems)
    {
        var folder = new PlaybookFolder(null, limits, problems);
        folder._files.AddRange(files.OrderBy(f => f.Path, StringComparer.Ordinal));
        return folder;
    }

    /// <summary>Reads the folder; null after reporting that there is none.</summary>
    public static PlaybookFolder? Read(
        string directory, LoadLimits limits, ProblemList problems, string? modelsFile = null)
    {
        var info = new DirectoryInfo(directory);
        if (!info.Exists)
        {
            problems.Add(directory, 1, null, "no such folder; name the folder that holds playbook.yaml");
            return null;
        }
        var root = info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? info.FullName;
        var folder = new PlaybookFolder(Path.TrimEndingDirectorySeparator(root), limits, problems);
        folder.ReadTop();
        if (modelsFile is not null) folder.ReadModels(new FileInfo(modelsFile));
        foreach (var (name, extension) in Folders) folder.ReadFolder(name, extension);
        folder._files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return folder;
    }

    public SourceFile? Find(string path) => _files.Find(f => f.Path == path);

    public IReadOnlyList<SourceFile> In(string folder) =>
        _files.FindAll(f => f.Path.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>
    /// One further file that is checked but is not part of the content, or null when it is not there.
    /// </summary>
    public SourceFile? ReadExtra(string path) => _root is null ? Find(path)
        : File.Exists(Path.Combine(_root, path)) ? ReadFile(new FileInfo(Path.Combine(_root, path)), path) : null;

    private void ReadTop()
    {
        foreach (var file in Sorted(new DirectoryInfo(_root!).EnumerateFiles()))
        {
            if (TopFiles.Contains(file.Name)) Keep(file, file.Name);
            else if (file.Name == Imports) continue;
            else if (file.Extension is ".yaml" or ".yml")
                _problems.Add(file.Name, 1, null,
                    $"no file of a playbook is called '{file.Name}'{Suggestion.Hint(file.Name, [.. TopFiles, Imports])}");
        }
    }

    /// <summary>The file is the operator's choice, so it may lie anywhere; it counts like one of the folder.</summary>
    private void ReadModels(FileInfo file)
    {
        _files.RemoveAll(f => f.Path == Models);
        if (!file.Exists) _problems.Add(file.FullName, 1, null, "no such file; name a file like models.yaml");
        else if (file.Length > _limits.FileBytes) Refuse(
            Models, $"{file.Length} bytes; at most {_limits.FileBytes} are read");
        else if (Decode(File.ReadAllBytes(file.FullName), Models) is { } source) _files.Add(source);
    }

    private void ReadFolder(string name, string extension)
    {
        var folder = new DirectoryInfo(Path.Combine(_root!, name));
        if (!folder.Exists) return;
        if (LeadsOut(folder))
        {
            _problems.Add(name, 1, null,
                "this folder is a link that leads out of the playbook; copy the files into it");
            return;
        }
        foreach (var entry in Sorted(folder.EnumerateFileSystemInfos()))
        {
            var path = $"{name}/{entry.Name}";
            if (entry.Name.StartsWith('.') || entry.Name == "README.md") continue;
            if (entry is DirectoryInfo && (path == Drafts || Folders.Any(f => f.Folder == path))) continue;
            if (entry is FileInfo file && file.Extension == extension) Keep(file, path);
            else if (entry is FileInfo other && other.Extension is ".yaml" or ".yml" or ".md")
                _problems.Add(path, 1, null, $"files in {name}/ end in {extension}; rename it");
            else
                _problems.Warn(path, 1, null, $"not read: only files ending in {extension} directly in {name}/ are");
        }
    }

    private static IEnumerable<T> Sorted<T>(IEnumerable<T> entries) where T : FileSystemInfo =>
        entries.OrderBy(e => e.Name, StringComparer.Ordinal);

    private void Keep(FileInfo file, string path)
    {
        if (ReadFile(file, path) is { } source) _files.Add(source);
    }

    private SourceFile? ReadFile(FileInfo file, string path)
    {
        if (++_count > _limits.Files)
        {
            if (_count == _limits.Files + 1)
                _problems.Add(path, 1, null, $"more than {_limits.Files} files in the playbook; remove some");
            return null;
        }
        if (LeadsOut(file)) return Refuse(
            path, "this file is a link that leads out of the playbook; copy the file into it");
        var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        if (target.Length > _limits.FileBytes)
            return Refuse(path, $"{target.Length} bytes; at most {_limits.FileBytes} are read, split the file");
        if ((_bytes += target.Length) > _limits.TotalBytes)
            return Refuse(path, $"the files of the playbook are more than {_limits.TotalBytes} bytes in all; remove some");
        // A length of 0 is also what pipes and devices report: those are never opened.
        return target.Length == 0 ? new SourceFile(path, "") : Decode(File.ReadAllBytes(target.FullName), path);
    }

    private SourceFile? Decode(byte[] bytes, string path)
    {
        try
        {
            var text = Strict.GetString(bytes).TrimStart('\uFEFF');
            return new SourceFile(path, text.Replace("\r\n", "\n").Replace('\r', '\n'));
        }
        catch (DecoderFallbackException error)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(error.Index, 0, bytes.Length)).Count((byte)'\n');
            _problems.Add(path, line, null,
                $"byte 0x{error.BytesUnknown?[0] ?? 0:x2} is not UTF-8; save the file as UTF-8");
            return null;
        }
    }

    private bool LeadsOut(FileSystemInfo entry) =>
        entry.ResolveLinkTarget(returnFinalTarget: true) is { } target
        && !target.FullName.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private SourceFile? Refuse(string path, string message)
    {
        _problems.Add(path, 1, null, message);
        return null;
    }
}
