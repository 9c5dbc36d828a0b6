using Baton.Encoder;

// Baton.Encoder FOLDER: writes the sentence encoder to the folder, whole or not at all. Called by
// SentenceEncoder.targets.
if (args is not [var folder])
{
    Console.Error.WriteLine("Baton.Encoder takes one argument: the folder to write the encoder to.");
    return 2;
}
try
{
    var weights = PackedWeights.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "weights.path")).Trim());
    EncoderFolder.Write(folder, Int8Model.Of(weights.Model), weights.Vocabulary);
    return 0;
}
catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"The sentence encoder was not made: {error.Message}");
    return 1;
}
