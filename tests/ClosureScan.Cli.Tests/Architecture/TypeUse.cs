using System.Reflection;
using System.Reflection.Emit;

namespace ClosureScan.Cli.Tests.Architecture;

/// <summary>Which types a compiled type uses: in its declaration, its members' signatures and the code of their bodies. Constants leave no trace.</summary>
internal static class TypeUse
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The types that stand in no other type, of an assembly's own.</summary>
    public static IEnumerable<Type> Of(Type user) =>
        Mentioned(user).SelectMany(Parts).Select(Outermost).Where(type => type.Assembly == user.Assembly && type != Outermost(user)).Distinct();

    /// <summary>The type of a file's own, whatever it is nested in.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<Type?> Mentioned(Type type) =>
    [
        type.BaseType,
        .. type.GetInterfaces(),
        .. type.GetGenericArguments().Where(argument => argument.IsGenericParameter).SelectMany(argument => argument.GetGenericParameterConstraints()),
        .. type.GetCustomAttributesData().Select(attribute => attribute.AttributeType),
        .. type.GetFields(Declared).Select(field => field.FieldType),
        .. type.GetMethods(Declared).SelectMany(method => (Type?[])[method.ReturnType, .. Called(method)]),
        .. type.GetConstructors(Declared).SelectMany(Called),
    ];

    private static IEnumerable<Type?> Called(MethodBase method)
    {
        IEnumerable<Type?> signature = method.GetParameters().Select(parameter => parameter.ParameterType);
        return method.GetMethodBody() is not { } body
            ? signature
            : [.. signature, .. body.LocalVariables.Select(local => local.LocalType), .. body.ExceptionHandlingClauses.Select(Caught), .. Code(method, body.GetILAsByteArray()!)];
    }

    private static Type? Caught(ExceptionHandlingClause clause) => clause.Flags == ExceptionHandlingClauseOptions.Clause ? clause.CatchType : null;

    private static List<Type?> Code(MethodBase method, byte[] code)
    {
        List<Type?> types = [];
        Type[] ofType = method.DeclaringType!.GetGenericArguments();
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int position = 0; position < code.Length;)
        {
            short value = code[position] == 0xFE ? (short)((0xFE << 8) | code[position + 1]) : code[position];
            OpCode opCode = OpCodesByValue[value];
            position += opCode.Size;
            switch (opCode.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok:
                    MemberInfo member = method.Module.ResolveMember(BitConverter.ToInt32(code, position), ofType, ofMethod)!;
                    types.AddRange(member as Type ?? member.DeclaringType, (member as FieldInfo)?.FieldType, (member as MethodInfo)?.ReturnType);
                    types.AddRange(member is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : []);
                    position += 4;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    position += 1;
                    break;
                case OperandType.InlineVar:
                    position += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    position += 8;
                    break;
                case OperandType.InlineSwitch:
                    position += 4 + (4 * BitConverter.ToInt32(code, position));
                    break;
                default:
                    position += 4;
                    break;
            }
        }

        return types;
    }

    // An array, a pointer and a generic type say what they are made of.
    private static IEnumerable<Type> Parts(Type? type) => type switch
    {
        null => [],
        { IsGenericParameter: true } => [],
        { HasElementType: true } => Parts(type.GetElementType()),
        { IsGenericType: true } => [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)],
        _ => [type],
    };
}
