using Baton.Channels;
using Baton.Testing.Conformance;

namespace Baton.Tests.Channels;

/// <summary>The API, the console and files: read, not written to.</summary>
public sealed class ReadChannelTests : ChannelConformance
{
    protected override IChannel Channel() => new ReadChannel("api");
}
