using Baton.Operations.Autonomy;
using Baton.Storage;

namespace Baton.Incidents;

/// <summary>Who does something, as it is kept.</summary>
internal static class Named
{
    /// <summary>A name of a colleague or a program stays; what is more than a name is cleared like every
    /// text.</summary>
    public static string By(string by, ClearText clear) => AutonomyRungs.IsName(by) ? by : clear(by);
}
