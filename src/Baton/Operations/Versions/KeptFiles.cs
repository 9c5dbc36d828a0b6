using System.IO.Compression;
using System.Text.Json;
using Baton.Playbooks.Loading.Source;

namespace Baton.Operations.Versions;

/// <summary>The files of a playbook in one value: a JSON object of paths and texts, gzipped.</summary>
internal static class KeptFiles
{
    public static byte[] Write(IReadOnlyList<SourceFile> files)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            JsonSerializer.Serialize(gzip, files.ToDictionary(f => f.Path, f => f.Text));
        return packed.ToArray();
    }

    public static IReadOnlyList<SourceFile> Read(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        return [.. JsonSerializer.Deserialize<Dictionary<string, string>>(gzip)!
            .Select(f => new SourceFile(f.Key, f.Value))];
    }
}
