using System.Collections.Concurrent;
using Baton.Playbooks;

namespace Baton.Decisions;

/// <summary>Settings of the local tier.</summary>
/// <param name="CacheFolder">Folder for trained models, by content; removing it costs a training at the next start.</param>
internal sealed record LocalModelOptions(string CacheFolder);

/// <summary>The local models of each playbook in use: trained once per version, shared by all workers.</summary>
internal sealed class LocalModelCache(LocalModelOptions options)
{
    /// <summary>Playbook versions kept: the one in force, and those that running turns still use.</summary>
    private const int Kept = 4;

    private readonly ConcurrentDictionary<string, Lazy<LocalModels>> _models = new();

    /// <summary>The models of a playbook; the first call trains or loads them.</summary>
    public LocalModels For(Playbook playbook)
    {
        if (_models.Count > Kept) _models.Clear();
        return _models.GetOrAdd(playbook.Version,
            _ => new Lazy<LocalModels>(() => LocalModels.Train(playbook, options.CacheFolder))).Value;
    }
}
