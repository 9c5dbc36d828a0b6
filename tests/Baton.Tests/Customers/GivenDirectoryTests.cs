using Baton.Customers;
using Baton.Testing.Conformance;

namespace Baton.Tests.Customers;

public sealed class GivenDirectoryTests : CustomerDirectoryConformance
{
    protected override CustomerQuery Somebody { get; } = new("C-1", "plus", 2);

    protected override CustomerQuery Nobody { get; } = new("C-2", null, null);

    protected override ICustomerDirectory Directory() => new GivenDirectory();

    protected override ICustomerDirectory? Broken() => null;
}
