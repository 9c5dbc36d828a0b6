namespace Baton.Triage.Intents.Pooling;

/// <summary>Where the vectors of examples come from when a model is trained with a sentence encoder.</summary>
/// <param name="Encoder">Name of model and tokenizer: vectors of different names are not comparable.</param>
/// <param name="Of">Vectors of length 1 for texts, in their order.</param>
public sealed record ExampleVectors(string Encoder, Func<IReadOnlyList<string>, IReadOnlyList<float[]>> Of);
