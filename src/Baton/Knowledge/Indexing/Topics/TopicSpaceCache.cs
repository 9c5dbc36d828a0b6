using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Knowledge.Indexing.Topics;

/// <summary>
/// Keeps topic spaces in a directory, named by the SHA-256 of what they were fitted to, so that a restart with
/// unchanged articles fits nothing. A file that cannot be read is fitted again; the oldest files are deleted.
/// </summary>
/// <param name="directory">Created when it is missing.</param>
internal sealed class TopicSpaceCache(string directory)
{
    /// <summary>Raised whenever the fit changes, so that spaces of an older program are not used.</summary>
    private const string Recipe = "topics-1";

    /// <summary>Files kept at most.</summary>
    private const int Keep = 10;

    /// <summary>The space of this index, from the directory when it is there.</summary>
    public TopicSpace GetOrFit(TermIndex index, KnowledgeOptions options)
    {
        var file = Path.Combine(directory, $"{Key(index, options)}.topics");
        if (TryLoad(file) is { } known) return known;
        var space = TopicSpace.Fit(index, options);
        Directory.CreateDirectory(directory);
        // Two may fit the same space at once, in one program or in several: each writes a file of its own, and the
        // last one to rename wins.
        var unfinished = $"{file}.{Path.GetRandomFileName()}.tmp";
        File.WriteAllBytes(unfinished, space.ToBytes());
        File.Move(unfinished, file, overwrite: true);
        foreach (var old in Directory.GetFiles(directory, "*.topics").OrderByDescending(File.GetLastWriteTimeUtc)
            .Skip(Keep))
            File.Delete(old);
        return space;
    }

    /// <summary>The name of the content: the terms of every passage in their order, and the options.</summary>
    private static string Key(TermIndex index, KnowledgeOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Recipe}\n{options}\n"));
        for (var term = 0; term < index.Lexicon.Count; term++)
            hash.AppendData(Encoding.UTF8.GetBytes(index.Lexicon[term] + "\n"));
        foreach (var passage in index.Passages)
        {
            if (passage.IsRemoved) continue;
            Append(passage.Title);
            Append(passage.Heading);
            Append(passage.Body);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(ReadOnlySpan<int> terms)
        {
            hash.AppendData(BitConverter.GetBytes(terms.Length));
            hash.AppendData(MemoryMarshal.AsBytes(terms));
        }
    }

    private static TopicSpace? TryLoad(string file)
    {
        try
        {
            return File.Exists(file) ? TopicSpace.FromBytes(File.ReadAllBytes(file)) : null;
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return null;
        }
    }
}
