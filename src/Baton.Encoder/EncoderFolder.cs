namespace Baton.Encoder;

/// <summary>
/// The folder that programs take the encoder from. Builds may run at once: a file is there whole or not at all.
/// </summary>
internal static class EncoderFolder
{
    public static void Write(string folder, byte[] model, byte[] vocabulary)
    {
        Directory.CreateDirectory(folder);
        Put(Path.Combine(folder, "vocab.txt"), vocabulary);
        Put(Path.Combine(folder, "minilm-int8.onnx"), model);
    }

    private static void Put(string path, byte[] bytes)
    {
        // The same bytes stay as they are: nothing that depends on the file is built again.
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes)) return;
        var part = $"{path}.{Path.GetRandomFileName()}";
        File.WriteAllBytes(part, bytes);
        File.Move(part, path, overwrite: true);
    }
}
