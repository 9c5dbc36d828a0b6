using Baton.Storage.Engines;
using Baton.Storage.Jobs;

namespace Baton.Storage.Sqlite;

/// <summary>Those who share a file are processes of one machine, which knows them.</summary>
internal sealed class LocalLiveness : Liveness
{
    public override string Owner => JobOwner.Current;

    public override int Workers => 1;

    public override void Start() { }

    public override bool HasDied(ReadConnection connection, string owner) => JobOwner.HasDied(owner);

    public override void Dispose() { }
}
