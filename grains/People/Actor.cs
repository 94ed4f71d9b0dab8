namespace Agency.People;

/// <summary>What a person comes as (domain 1).</summary>
public enum Role
{
    /// <summary>The service itself: what follows from a rule and from nobody's word.</summary>
    System,

    /// <summary>The project office 155项目服务处.</summary>
    Office,

    /// <summary>A project service manager 项目服务经理.</summary>
    Manager,

    /// <summary>An agency clerk 代办员.</summary>
    Clerk,

    /// <summary>The owner 建设单位.</summary>
    Owner,

    /// <summary>An approval department 审批部门.</summary>
    Department,

    /// <summary>City leadership 市领导.</summary>
    Leadership,

    /// <summary>Electronic supervision 电子监察.</summary>
    Supervisor,

    /// <summary>The system administrator 系统管理员.</summary>
    Administrator,
}

/// <summary>Who acts.</summary>
/// <param name="Id">Opaque id of the person; never a name.</param>
/// <param name="Role">What the person acts as.</param>
/// <param name="Department">Department code, for those who act for one.</param>
/// <param name="CreditCode">Unified social credit code of the enterprise, for an owner.</param>
[GenerateSerializer, Immutable, Alias("agency.actor")]
public sealed record Actor(
    [property: Id(0)] string Id,
    [property: Id(1)] Role Role,
    [property: Id(2)] string? Department = null,
    [property: Id(3)] string? CreditCode = null)
{
    /// <summary>Whether what is asked is for its own alone: everything else looks to it as if it did not exist. Who has projects of its own sees no
    /// more unless it is granted.</summary>
    [Id(4)]
    public bool OwnOnly { get; init; } = Role is Role.Manager or Role.Clerk or Role.Owner or Role.Department;

    /// <summary>The service itself.</summary>
    public static Actor System { get; } = new("system", Role.System);
}
