using Baton.Playbooks;

namespace Baton.Testing;

/// <summary>
/// A small valid playbook as texts, to be changed by a test and loaded from a temporary folder. One intent of each
/// class, two tiers, two queues, one tool, one article.
/// </summary>
public sealed class PlaybookFiles
{
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    public PlaybookFiles()
    {
        _files["playbook.yaml"] = PlaybookTexts.Playbook;
        _files["queues.yaml"] = PlaybookTexts.Queues;
        _files["escalation.yaml"] = PlaybookTexts.Escalation;
        _files["intents/order_status.yaml"] = PlaybookTexts.OrderStatus;
        _files["intents/return_policy.yaml"] = PlaybookTexts.ReturnPolicy;
        _files["intents/change_order.yaml"] = PlaybookTexts.ChangeOrder;
        _files["intents/talk_to_human.yaml"] = PlaybookTexts.TalkToHuman;
        _files["tools/get_order.yaml"] = PlaybookTexts.GetOrder;
        _files["knowledge/returns.md"] = PlaybookTexts.Returns;
    }

    /// <summary>The texts by path inside the folder.</summary>
    public IReadOnlyDictionary<string, string> Texts => _files;

    /// <summary>Adds or replaces a file.</summary>
    public PlaybookFiles With(string path, string text)
    {
        _files[path] = text;
        return this;
    }

    /// <summary>Replaces a piece of a file that must be there once.</summary>
    public PlaybookFiles Replace(string path, string old, string @new)
    {
        if (_files[path].Split(old).Length != 2)
            throw new ArgumentException($"'{old}' is not once in {path}", nameof(old));
        return With(path, _files[path].Replace(old, @new, StringComparison.Ordinal));
    }

    /// <summary>
    /// Questions about returns are recognised without doubt, and answered by an article; little else is sure enough.
    /// </summary>
    public PlaybookFiles AnsweringReturns() => Replace(
            "playbook.yaml", "triage_confidence: 0.70", "triage_confidence: 0.05\n  decision_confidence: 0.05")
        .With("intents/return_policy.yaml", PlaybookTexts.SureReturnPolicy)
        .With("knowledge/returns.md", PlaybookTexts.SureReturns);

    /// <summary>Questions about an order are answered at once, and drafts are never sure.</summary>
    /// <param name="shop">Address of the order system; null leaves the sample's.</param>
    public PlaybookFiles AnsweringOrders(Uri? shop)
    {
        Replace("playbook.yaml", "triage_confidence: 0.70",
            "triage_confidence: 0.05\n  decision_confidence: 0.05\n  draft_confidence: 1\nlimits:\n  low_priority_every: 0s");
        if (shop is not null)
            Replace("tools/get_order.yaml", "{base}/demo/orders/", $"{shop}orders/")
                .Replace("tools/get_order.yaml", "risk: read", "risk: read\ntimeout: 60s");
        return Replace(
            "intents/order_status.yaml", "  - has my parcel shipped yet\n", PlaybookTexts.OrderExamples);
    }

    public PlaybookFiles Without(string path)
    {
        _files.Remove(path);
        return this;
    }

    /// <summary>Writes every file into a folder, which is created.</summary>
    public void WriteTo(string directory)
    {
        foreach (var (path, text) in _files)
        {
            var file = Path.Combine(directory, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    /// <summary>Loads the files through a temporary folder, which is gone afterwards.</summary>
    public LoadedPlaybook Load(LoadLimits? limits = null)
    {
        var directory = Directory.CreateTempSubdirectory("baton-playbook-");
        try
        {
            WriteTo(directory.FullName);
            return PlaybookLoader.Load(directory.FullName, limits);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>The playbook.</summary>
    /// <exception cref="InvalidOperationException">The files are not valid.</exception>
    public Playbook Playbook() => Load() switch
    {
        LoadedPlaybook.Valid valid => valid.Playbook,
        LoadedPlaybook.Invalid invalid => throw new InvalidOperationException(string.Join('\n', invalid.Problems)),
        _ => throw new InvalidOperationException("neither valid nor invalid"),
    };
}
