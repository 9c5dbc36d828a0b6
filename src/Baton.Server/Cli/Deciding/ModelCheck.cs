using Baton.Decisions.Local;
using Baton.Playbooks;
using Baton.Triage.Intents;
using Baton.Triage.Intents.Pooling;

namespace Baton.Server.Cli.Deciding;

/// <summary>
/// What only trained models can say about a playbook. They are kept where <c>baton run</c> keeps its models.
/// </summary>
internal static class ModelCheck
{
    /// <summary>A line for each pair of intents or of sections that is taken for each other.</summary>
    public static IReadOnlyList<string> Of(Playbook playbook)
    {
        var folder = Path.Combine(Path.GetTempPath(), "baton-models");
        using var encoder = new LocalEncoder(new LocalOptions());
        var vectors = encoder.Vectors;
        var intents = new IntentModelCache(folder).GetOrTrain(
            PlaybookExamples.Of(playbook), null,
            vectors is null ? null : new ExampleVectors(vectors.Name, texts => vectors.OfPlaybook(texts, folder)));
        var sections = vectors is null ? null : PlaybookSections.Train(playbook, vectors, folder);
        return
        [
            .. intents.ConfusedIntents.Select(pair =>
                $"intents {pair.One} and {pair.Other} are taken for each other in {pair.Share:P0} "
                + $"of their examples ({pair.Mistaken} of {pair.Examples} tried): tell them apart in their examples, or join them"),
            .. (sections?.Confused() ?? []).Select(pair =>
                $"sections '{pair.One}' and '{pair.Other}' are asked for in the same words in {pair.Share:P0} "
                + $"of their questions ({pair.Mistaken} of {pair.Questions}): tell them apart in their questions, or join them"),
        ];
    }
}
