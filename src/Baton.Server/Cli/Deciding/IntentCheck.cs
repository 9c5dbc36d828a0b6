using Baton.Decisions.Local;
using Baton.Playbooks;
using Baton.Triage.Intents;
using Baton.Triage.Intents.Pooling;

namespace Baton.Server.Cli.Deciding;

/// <summary>
/// What only a trained model can say about a playbook's intents. It is kept where <c>baton run</c> keeps its models.
/// </summary>
internal static class IntentCheck
{
    public static IReadOnlyList<ConfusedIntents> ConfusedIntents(Playbook playbook)
    {
        var folder = Path.Combine(Path.GetTempPath(), "baton-models");
        using var encoder = new LocalEncoder(new LocalOptions());
        return new IntentModelCache(folder).GetOrTrain(PlaybookExamples.Of(playbook), null, encoder.Vectors is not
            { } vectors ? null : new ExampleVectors(vectors.Name, texts => vectors.OfPlaybook(texts, folder)))
            .ConfusedIntents;
    }
}
