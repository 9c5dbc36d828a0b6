using System.Security.Cryptography;
using System.Text;
using Baton.Triage.Intents.Pooling;

namespace Baton.Triage.Intents;

/// <summary>
/// Keeps trained models in a directory, named by the SHA-256 of what they were trained from, so that a restart with an
/// unchanged playbook trains nothing. A file that cannot be read is trained again; the oldest files are deleted.
/// </summary>
/// <param name="directory">Created when it is missing.</param>
/// <param name="keep">Models kept at most; default 10.</param>
public sealed class IntentModelCache(string directory, int keep = 10)
{
    /// <summary>Raised whenever training changes, so that models of an older program are not used.</summary>
    private const string Recipe = "intents-7";

    /// <summary>The model for these examples, from the directory when it is there.</summary>
    /// <param name="examples">Texts and what each is about.</param>
    /// <param name="options">The defaults when null.</param>
    /// <param name="vectors">The sentence encoder; null for the n-gram model alone.</param>
    public IntentModel GetOrTrain(
        IReadOnlyList<IntentExample> examples, IntentModelOptions? options = null, ExampleVectors? vectors = null)
    {
        options ??= new IntentModelOptions();
        var file = Path.Combine(directory, $"{Key(examples, options, vectors?.Encoder)}.intents");
        if (TryLoad(file) is { } known) return known;

        var model = IntentModel.Train(examples, options, vectors);
        Directory.CreateDirectory(directory);
        // Two may train the same model at once, in one program or in several: each writes a file of its own, and the
        // last one to rename wins.
        var unfinished = $"{file}.{Path.GetRandomFileName()}.tmp";
        using (var stream = File.Create(unfinished)) model.Save(stream);
        File.Move(unfinished, file, overwrite: true);
        foreach (var old in Directory.GetFiles(directory, "*.intents").OrderByDescending(File.GetLastWriteTimeUtc)
            .Skip(keep))
            File.Delete(old);
        return model;
    }

    /// <summary>
    /// The name of the content: examples in their order, every option that changes the model, and the encoder.
    /// </summary>
    public static string Key(
        IReadOnlyList<IntentExample> examples, IntentModelOptions options, string? encoder = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(Recipe);
        Append((options with { Parallelism = 1 }).ToString());
        Append(encoder ?? "");
        foreach (var example in examples)
        {
            Append(example.IsBorrowed ? $"{example.Label} borrowed" : example.Label);
            Append(example.Text);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(string part)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }

    private static IntentModel? TryLoad(string file)
    {
        if (!File.Exists(file)) return null;
        try
        {
            using var stream = new BufferedStream(File.OpenRead(file), 1 << 20);
            return IntentModel.Load(stream);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return null;
        }
    }
}
